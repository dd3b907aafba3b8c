/** Determines which bodies are text. */

/** Any other body is sent in base64, which is always correct. */
const TEXT_TYPE = /^(text\/[^;]*|[^;]*[/+](json|xml|javascript|x-www-form-urlencoded|graphql|x-ndjson|yaml))\s*(;|$)/i;

/** By the value of a Content-Type header. */
export function isTextType(type = ''): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  return /^utf-?8$/i.test(charset) && TEXT_TYPE.test(type);
}

export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
