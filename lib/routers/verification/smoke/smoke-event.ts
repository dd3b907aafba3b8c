import { SmokeRequest } from './smoke-requests';
import { LazyApiError } from '../../../private/errors';
import { createMatcher, splitPath } from '../../../routing/match';
import { routePaths } from '../../../routing/route-paths';

/** An event, and the router that it is for. */
export interface SmokeEvent {
  readonly prefix: string;
  readonly event: object;
}

/** What a request with no `authorizer` of its own gets, so that routers with an authorizer serve it. */
const AUTHORIZED = { jwt: { claims: {}, scopes: null }, lambda: {} };

/**
 * Makes of each request the event that an HTTP API sends, in payload format 2.0, with the route of the router. Throws an error if no router serves
 * the path.
 */
export function toSmokeEvents(requests: readonly SmokeRequest[], prefixes: readonly string[]): SmokeEvent[] {
  const match = createMatcher(prefixes);
  return requests.map((request, i) => {
    const url = new URL(request.target, 'https://verification.invalid');
    const segments = splitPath(request.target.split('?')[0], 'encoded');
    const prefix = segments && match(segments);
    if (segments === undefined || prefix === undefined) {
      throw new LazyApiError('VERIFY', `Verify.atSynth: requests[${i}].request must have a path that a router serves, got "${request.target}"; `
        + `there are ${prefixes.join(', ')}`);
    }
    return { prefix, event: toEvent(request, url, `/${segments.join('/')}`, prefix) };
  });
}

function toEvent({ method, headers, body, authorizer = AUTHORIZED }: SmokeRequest, url: URL, rawPath: string, prefix: string): object {
  const [exact, below] = routePaths(prefix);
  const rest = rawPath.split('/').slice(prefix === '/' ? 1 : prefix.split('/').length).join('/');
  const routeKey = `ANY ${rest === '' ? exact : below}`;
  const now = new Date();
  const { 'user-agent': userAgent = 'verification', cookie } = headers;
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: url.search.slice(1),
    ...cookie !== undefined && { cookies: cookie.split('; ') },
    headers: { 'host': url.host, 'user-agent': userAgent, ...headers },
    queryStringParameters: Object.fromEntries(url.searchParams),
    pathParameters: { ...rest !== '' && { proxy: rest } },
    requestContext: {
      accountId: '123456789012',
      apiId: 'verification',
      domainName: url.host,
      domainPrefix: 'verification',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent },
      requestId: 'verification',
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
      authorizer,
    },
    ...body !== undefined && { body },
    isBase64Encoded: false,
  };
}
