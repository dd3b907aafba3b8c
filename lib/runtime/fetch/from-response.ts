/**
 * From a `Response` to a result.
 */
import { toContent } from './content';
import { methodOf } from './to-request';
import { Result } from '../answers/result';
import { decodeUtf8, isTextType } from '../answers/text-body';
import { ApiEvent, isHttpApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';
import type { Flight } from '../flights';

/** Statuses that have no body: https://fetch.spec.whatwg.org/#null-body-status */
const NO_BODY = /^(204|205|304)$/;

/** Some libraries bring a `Response` of their own, so it is known by what it can do. */
function isResponse(value: unknown): value is Response {
  const { status, headers, arrayBuffer } = (value ?? {}) as Partial<Response>;
  return /^[2-5]\d\d$/.test(String(status)) && [headers?.forEach, headers?.getSetCookie, arrayBuffer].every((method) => typeof method === 'function');
}

/** If the endpoint streams, a body that is a stream stays one. */
export async function fromResponse(response: unknown, { event, stream }: Flight): Promise<Result> {
  if (!isResponse(response)) {
    throw new CodedError('RESULT_MALFORMED', `a fetch router must answer with a Response, got ${typeof response}`);
  }
  const head = { statusCode: response.status, ...headersOf(response.headers, event) };
  const empty = methodOf(event) === 'HEAD' || NO_BODY.test(String(response.status));
  if (empty) discard(response.body);
  else if (stream && typeof response.body?.getReader === 'function') return { ...head, content: toContent(response.body) };
  const body = empty ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
  return { ...head, ...encodeBody(body, response.headers) };
}

/** Tells the source of a stream that it is not read. Whether that works does not change the answer. */
function discard(body: ReadableStream | null): void {
  Promise.resolve(body).then((stream) => stream?.cancel?.()).catch(() => {});
}

/** As much of a `Headers` as a map by names in lower case has too. */
export interface HeaderMap extends Pick<Headers, 'has' | 'getSetCookie'> {
  get(name: string): string | null | undefined;
  forEach(use: (value: string, name: string) => void): void;
}

export function headersOf(headers: HeaderMap, event: ApiEvent): Pick<Result, 'headers' | 'multiValueHeaders' | 'cookies'> {
  const single: Record<string, string> = {};
  headers.forEach((value, name) => { single[name] = value; });
  const cookies = headers.getSetCookie();
  delete single['set-cookie'];
  if (isHttpApiEvent(event)) return { headers: single, ...cookies.length && { cookies } };
  const multi = Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));
  return { multiValueHeaders: cookies.length ? { ...multi, 'set-cookie': cookies } : multi };
}

export function encodeBody(bytes: Buffer, headers: HeaderMap): Pick<Result, 'body' | 'isBase64Encoded'> {
  const isText = !headers.has('content-encoding') && isTextType(headers.get('content-type') ?? '');
  const text = bytes.length === 0 || isText ? decodeUtf8(bytes) : undefined;
  return text === undefined ? { body: bytes.toString('base64'), isBase64Encoded: true } : { body: text, isBase64Encoded: false };
}
