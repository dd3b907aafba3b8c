/**
 * From a `Response` to a result.
 */
import { Result } from './answers';
import { CodedError } from './coded-error';
import { ApiEvent, isHttpApiEvent } from './events';

/** Statuses that have no body: https://fetch.spec.whatwg.org/#null-body-status */
const NO_BODY = /^(204|205|304)$/;

/** Anything else goes as base64, which is never wrong. */
const TEXT_TYPE = /^(text\/[^;]*|[^;]*[/+](json|xml|javascript|x-www-form-urlencoded|graphql|x-ndjson|yaml))\s*(;|$)/i;

/** Some libraries bring a `Response` of their own, so it is known by what it can do. */
export function isResponse(value: unknown): value is Response {
  const { status, headers, arrayBuffer } = (value ?? {}) as Partial<Response>;
  return typeof status === 'number' && typeof headers?.forEach === 'function' && typeof arrayBuffer === 'function';
}

export async function fromResponse(response: unknown, event: ApiEvent, method: string): Promise<Result> {
  if (!isResponse(response) || response.status < 200) {
    throw new CodedError('RESULT_MALFORMED', `a fetch router must answer with a Response, got ${typeof response}`);
  }
  const empty = method === 'HEAD' || NO_BODY.test(String(response.status));
  if (empty) discard(response.body);
  const body = empty ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
  return { statusCode: response.status, ...headersOf(response.headers, event), ...encodeBody(body, response.headers) };
}

/** Lets the source of a stream know that nobody will read it. Whether that works does not change the answer. */
function discard(body: ReadableStream | null): void {
  body?.cancel?.().catch(() => {});
}

function headersOf(headers: Headers, event: ApiEvent): Pick<Result, 'headers' | 'multiValueHeaders' | 'cookies'> {
  const single: Record<string, string> = {};
  headers.forEach((value, name) => { single[name] = value; });
  const cookies = headers.getSetCookie();
  delete single['set-cookie'];
  if (isHttpApiEvent(event)) return { headers: single, ...cookies.length && { cookies } };
  const multi = Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));
  return { multiValueHeaders: cookies.length ? { ...multi, 'set-cookie': cookies } : multi };
}

function encodeBody(bytes: Buffer, headers: Headers): Pick<Result, 'body' | 'isBase64Encoded'> {
  const text = bytes.length === 0 || isText(headers) ? decodeUtf8(bytes) : undefined;
  return text === undefined ? { body: bytes.toString('base64'), isBase64Encoded: true } : { body: text, isBase64Encoded: false };
}

function isText(headers: Headers): boolean {
  const type = headers.get('content-type') ?? '';
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  return !headers.has('content-encoding') && /^utf-?8$/i.test(charset) && TEXT_TYPE.test(type);
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
