/** Converts an event to a `Request`. */
import { ApiEvent, isHttpApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';
import type { Flight } from '../flights';
import { hasDotSegment, Mount } from '../web/mount';
import { Notify } from '../web/notices';
import { headerPairs, methodOf, originOf, queryOf } from '../web/request-parts';

/** `Request` rejects them: https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN_METHOD = /^(CONNECT|TRACE|TRACK)$/i;

export function toRequest({ event, router }: Flight, { path, base }: Mount, notify: Notify, signal: AbortSignal): Request {
  const method = methodOf(event);
  if (FORBIDDEN_METHOD.test(method)) throw new CodedError('METHOD_UNSUPPORTED', `a fetch router cannot be asked with ${method}`);
  if (hasDotSegment(path)) throw new CodedError('PATH_REFUSED', 'the path has "." or ".." segments, which a Request cannot carry');

  const headers = toHeaders(event, router, notify);
  headers.delete('x-forwarded-prefix');
  if (base) headers.set('x-forwarded-prefix', base);

  let body = event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : undefined;
  if (body && /^(GET|HEAD)$/i.test(method)) {
    notify('WARN', 'BODY_DROPPED', `the body of a ${method} request was left out: a Request cannot have one`, { router });
    headers.delete('content-length');
    body = undefined;
  }
  // Concatenated instead of resolved against a base, because `//host/x` would change the host.
  return new Request(originOf(event, headers) + path + queryOf(event), { method, headers, body, signal });
}

function toHeaders(event: ApiEvent, router: string | undefined, notify: Notify): Headers {
  const headers = new Headers();
  for (const [name, value] of headerPairs(event)) {
    try {
      headers.append(name, value);
    } catch {
      notify('WARN', 'HEADER_DROPPED', 'a request header was left out: a Request cannot have its name or value', { router, header: name });
    }
  }
  // A function URL sends the cookies in both places.
  if (isHttpApiEvent(event) && event.cookies?.length) headers.set('cookie', event.cookies.join('; '));
  return headers;
}
