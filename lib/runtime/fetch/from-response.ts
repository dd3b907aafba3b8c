/** Converts a `Response` to a result. */
import { toContent } from './content';
import { Result } from '../answers/result';
import { CodedError } from '../failures/coded-error';
import type { Flight } from '../flights';
import { methodOf } from '../web/request-parts';
import { encodeBody, headersOf } from '../web/result-parts';

/** Statuses that have no body: https://fetch.spec.whatwg.org/#null-body-status */
const NO_BODY = /^(204|205|304)$/;

/** Some libraries have their own `Response`, so it is recognized by its members. */
function isResponse(value: unknown): value is Response {
  const { status, headers, arrayBuffer } = (value ?? {}) as Partial<Response>;
  return /^[2-5]\d\d$/.test(String(status)) && [headers?.forEach, headers?.getSetCookie, arrayBuffer].every((method) => typeof method === 'function');
}

/** If the endpoint streams, a body that is a stream stays a stream. */
export async function fromResponse(response: unknown, { event, stream }: Flight): Promise<Result> {
  if (!isResponse(response)) {
    throw new CodedError('RESULT_MALFORMED', `a fetch router must return a Response, got ${typeof response}`);
  }
  const head = { statusCode: response.status, ...headersOf(response.headers, event) };
  const empty = methodOf(event) === 'HEAD' || NO_BODY.test(String(response.status));
  if (empty) discard(response.body);
  else if (stream && typeof response.body?.getReader === 'function') return { ...head, content: toContent(response.body) };
  const body = empty ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
  return { ...head, ...encodeBody(body, response.headers) };
}

/** Tells the source of a stream that it is not read. If this fails, the response does not change. */
function discard(body: ReadableStream | null): void {
  Promise.resolve(body).then((stream) => stream?.cancel?.()).catch(() => {});
}
