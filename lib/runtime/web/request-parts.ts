/** What an event of either payload format contains about its request. */
import { ApiEvent, HttpApiEvent, isHttpApiEvent, RestApiEvent } from '../events';

export function methodOf(event: ApiEvent): string {
  return isHttpApiEvent(event) ? event.requestContext.http.method : event.httpMethod;
}

export function headerPairs(event: ApiEvent): Array<[string, string]> {
  const multi = isHttpApiEvent(event) ? undefined : event.multiValueHeaders;
  return pairs(multi ?? event.headers);
}

/** The single-value or multi-value maps of an event, flattened. */
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
