import { LocalAnswer, LocalCors, LocalEndpoint } from './local-endpoint';
import { headerOf, HttpHeaders, HttpRequest, HttpResponse } from '../../gateway/http-message';

/**
 * The response to a preflight request according to the endpoint's configuration. Undefined for other requests.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function preflightAnswer({ kind, cors }: LocalEndpoint, request: HttpRequest): HttpResponse | undefined {
  const isPreflight = request.method === 'OPTIONS' && headerOf(request.headers, 'access-control-request-method') !== undefined;
  if (!cors || !isPreflight || headerOf(request.headers, 'origin') === undefined) return undefined;
  const { allowMethods, allowHeaders, maxAge } = cors;
  const origin = originHeaders(cors, request);
  const headers: HttpHeaders = [
    ...list('access-control-allow-methods', allowMethods),
    ...list('access-control-allow-headers', allowHeaders),
    ...maxAge === undefined ? [] : [['access-control-max-age', String(maxAge)] as const],
  ];
  return { status: kind === 'http-api' ? 204 : 200, headers: origin.length > 0 ? [...origin, ...headers] : [], body: new Uint8Array() };
}

/** Adds the configured headers. An HTTP API ignores those of the function; a function URL sends both. */
export function withCors({ kind, cors }: LocalEndpoint, request: HttpRequest, response: HttpResponse): HttpResponse {
  if (!cors) return response;
  const own = kind === 'http-api' ? response.headers.filter(([name]) => !/^access-control-/i.test(name)) : response.headers;
  const added = originHeaders(cors, request);
  const exposed = added.length > 0 ? list('access-control-expose-headers', cors.exposeHeaders) : [];
  return { ...response, headers: [...own, ...added, ...exposed] };
}

/** A REST API's response to preflight requests. The mapping template replaces the origin with the origin of the request if that is in its list. */
export function mockAnswer({ status, headers, otherOrigins }: LocalAnswer, request: HttpRequest): HttpResponse {
  const origin = headerOf(request.headers, 'origin');
  const replaced = origin !== undefined && otherOrigins.includes(origin) ? { ...headers, 'Access-Control-Allow-Origin': origin } : headers;
  return { status, headers: Object.entries(replaced), body: new Uint8Array() };
}

/** None for an origin that is not allowed. */
function originHeaders({ allowOrigins, allowCredentials }: LocalCors, { headers }: HttpRequest): HttpHeaders {
  const origin = headerOf(headers, 'origin');
  if (origin === undefined) return [];
  const allowed = allowOrigins.includes('*') ? '*' : allowOrigins.some((one) => isWithin(origin, one)) ? origin : undefined;
  if (allowed === undefined) return [];
  return [['access-control-allow-origin', allowed], ...allowCredentials ? [['access-control-allow-credentials', 'true'] as const] : []];
}

/** `https://*` allows every origin of the scheme. */
function isWithin(origin: string, allowed: string): boolean {
  return origin === allowed || (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1)));
}

function list(name: string, values: readonly string[]): HttpHeaders {
  return values.length > 0 ? [[name, values.join(',')]] : [];
}
