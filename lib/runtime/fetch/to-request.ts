/**
 * From an event to a `Request`.
 */
import { hasDotSegment, Mount } from './mount';
import { Notify } from './notices';
import { ApiEvent, HttpApiEvent, isHttpApiEvent, RestApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';
import type { Flight } from '../flights';

/** `Request` refuses them: https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN_METHOD = /^(CONNECT|TRACE|TRACK)$/i;

export function methodOf(event: ApiEvent): string {
  return isHttpApiEvent(event) ? event.requestContext.http.method : event.httpMethod;
}

export function toRequest({ event, router, controller }: Flight, { path, base }: Mount, notify: Notify): Request {
  const method = methodOf(event);
  if (FORBIDDEN_METHOD.test(method)) throw new CodedError('METHOD_UNSUPPORTED', `a fetch router cannot be asked with ${method}`);
  if (hasDotSegment(path)) throw new CodedError('PATH_REFUSED', 'the path has "." or ".." segments, which a Request cannot carry');

  const headers = toHeaders(event, router, notify);
  headers.delete('x-forwarded-prefix');
  if (base) headers.set('x-forwarded-prefix', base);

  let body = event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : undefined;
  if (body && /^(GET|HEAD)$/i.test(method)) {
    notify('WARN', 'BODY_DROPPED', `the body of a ${method} request was left out: a Request cannot carry it`, { router });
    headers.delete('content-length');
    body = undefined;
  }
  // Concatenated, never resolved against a base: `//host/x` would change the host.
  return new Request(originOf(event, headers) + path + queryOf(event), { method, headers, body, signal: controller!.signal });
}

function toHeaders(event: ApiEvent, router: string | undefined, notify: Notify): Headers {
  const headers = new Headers();
  for (const [name, value] of headerPairs(event)) {
    try {
      headers.append(name, value);
    } catch {
      notify('WARN', 'HEADER_DROPPED', 'a request header was left out: a Request cannot carry its name or value', { router, header: name });
    }
  }
  // A function URL sends the cookies in both places.
  if (isHttpApiEvent(event) && event.cookies?.length) headers.set('cookie', event.cookies.join('; '));
  return headers;
}

export function headerPairs(event: ApiEvent): Array<[string, string]> {
  const multi = isHttpApiEvent(event) ? undefined : event.multiValueHeaders;
  return pairs(multi ?? event.headers);
}

/** The one-valued or many-valued maps of an event, flattened. */
function pairs(map: RestApiEvent['headers'] | RestApiEvent['multiValueHeaders']): Array<[string, string]> {
  return Object.entries(map ?? {}).flatMap(([name, values]) => [values ?? []].flat().map((value): [string, string] => [name, value]));
}

/** Payload format 1.0 decodes the query string. */
export function queryOf(event: ApiEvent): string {
  const query = isHttpApiEvent(event)
    ? rawQueryOf(event)
    : new URLSearchParams(pairs(event.multiValueQueryStringParameters ?? event.queryStringParameters)).toString();
  return query && `?${query}`;
}

function rawQueryOf({ rawQueryString }: HttpApiEvent): string {
  return (rawQueryString ?? '').replace(/[#\s]/g, encodeURIComponent);
}

/** An event without a domain name comes from a test or a local server, not from an endpoint of AWS. It has only the `Host` header. */
export function originOf(event: ApiEvent, headers: Pick<Headers, 'get'>): string {
  const domain = event.requestContext?.domainName;
  if (domain) return `https://${domain}`;
  const scheme = headers.get('x-forwarded-proto') === 'http' ? 'http' : 'https';
  const host = headers.get('host') ?? '';
  return `${scheme}://${/^[\w.-]+(:\d+)?$/.test(host) ? host : 'localhost'}`;
}
