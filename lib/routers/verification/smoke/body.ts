import { SmokeRequest } from './smoke-requests';

/** The body of an event. */
export interface EventBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The bodies that HTTP APIs and function URLs pass on as text. HTML forms are not among them. */
const TEXT_TYPE = /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i;

export function arrivesAsText({ headers }: SmokeRequest): boolean {
  return TEXT_TYPE.test(headers['content-type'] ?? '');
}

/** Undefined if the request has no body. */
export function toEventBody({ body, isBase64Encoded = false }: SmokeRequest, asText: boolean): EventBody | undefined {
  if (body === undefined) return undefined;
  if (asText && !isBase64Encoded) return { body, isBase64Encoded };
  return { body: isBase64Encoded ? body : Buffer.from(body).toString('base64'), isBase64Encoded: true };
}
