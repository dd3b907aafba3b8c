/** The body of an event. */
export interface EventBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What HTTP APIs and function URLs pass on as text. They encode everything else in base64, including forms. */
const TEXT = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b)/i;

/** Encodes a body as HTTP APIs and function URLs do. Undefined if there is no body. */
export function bodyByContentType(body: Uint8Array | undefined, contentType: string | undefined): EventBody | undefined {
  return body?.length ? encode(body, !TEXT.test(contentType ?? '')) : undefined;
}

/** Encodes a body as REST APIs do: as text, unless the API declares the type as binary. Undefined if there is no body. */
export function bodyByBinaryTypes(
  body: Uint8Array | undefined, contentType = 'application/json', binaryTypes: readonly string[] = [],
): EventBody | undefined {
  return body?.length ? encode(body, matchesMediaType(contentType, binaryTypes)) : undefined;
}

/** Whether one of the types of an `Accept` or `Content-Type` header is among the types that an API declares as binary. */
export function matchesMediaType(header: string, types: readonly string[]): boolean {
  const asked = header.split(',').map((type) => type.split(';')[0].trim().toLowerCase());
  return types.some((type) => type === '*/*' || asked.includes(type.toLowerCase()) || asked.some((one) => isWithin(one, type.toLowerCase())));
}

/** `image/*` includes all images. */
function isWithin(type: string, range: string): boolean {
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1));
}

function encode(body: Uint8Array, isBase64Encoded: boolean): EventBody {
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}
