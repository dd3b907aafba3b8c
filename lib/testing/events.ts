import { randomUUID } from 'node:crypto';
import { TEST_ENDPOINTS, TestEndpoint } from './test-endpoint';
import { authorizerOf, toHttpRequest, TestRequestOptions } from './test-request';
import { MatchedRoute } from '../gateway/event-context';
import { HttpRequest } from '../gateway/http-message';
import { parseTarget } from '../gateway/request-target';
import { matchRoute } from '../local/endpoint/match-route';
import { must } from '../private/check';
import { LazyApiError } from '../private/errors';
import type { HttpApiEvent, RestApiEvent } from '../runtime/events';

/** What an event has in addition to the request's method and path. */
export interface TestEventOptions extends TestRequestOptions {
  /**
   * The route that API Gateway has matched, as the API declares it: `ANY /users/{id}`. The path provides the values of its variables.
   *
   * @default - `$default` of an HTTP API, `ANY /{proxy+}` of a REST API
   */
  readonly route?: string;
}

/**
 * The event that an HTTP API sends for a request, in payload format 2.0.
 *
 * @param line the method and the path: `GET /users/7?x=1`
 */
export function httpApiEvent(line: string, options: TestEventOptions = {}): HttpApiEvent {
  return eventFor(line, options, TEST_ENDPOINTS.http) as HttpApiEvent;
}

/**
 * The event that a REST API sends for a request, in payload format 1.0.
 *
 * @param line the method and the path: `GET /users/7?x=1`
 */
export function restApiEvent(line: string, options: TestEventOptions = {}): RestApiEvent {
  return eventFor(line, { route: 'ANY /{proxy+}', ...options }, TEST_ENDPOINTS.rest) as RestApiEvent;
}

/**
 * The event that a function URL sends for a request, in payload format 2.0.
 *
 * @param line the method and the path: `GET /users/7?x=1`
 */
export function functionUrlEvent(line: string, options: TestRequestOptions = {}): HttpApiEvent {
  return eventFor(line, options, TEST_ENDPOINTS.functionUrl) as HttpApiEvent;
}

function eventFor(line: string, options: TestEventOptions, endpoint: TestEndpoint): object {
  const request = toHttpRequest(line, options, endpoint);
  return toEvent(request, endpoint, { route: routeFor(request, options.route, endpoint), authorizer: authorizerOf(options, endpoint) });
}

/** What an endpoint adds to the event of a request. */
interface Found {
  readonly route?: MatchedRoute;
  readonly authorizer?: object;
}

export function toEvent(request: HttpRequest, { toEvent: build, domainName, stage }: TestEndpoint, found: Found): object {
  return build(request, { requestId: randomUUID(), time: new Date(), domainName, stage, ...found });
}

const ROUTE = /^([A-Z]+) (\/\S*)$/;
const aRoute = must('a method and a path, like "ANY /users/{proxy+}"', (value) => ROUTE.test(String(value)));

function routeFor({ method, target }: HttpRequest, declared: string | undefined, endpoint: TestEndpoint): MatchedRoute | undefined {
  if (declared === undefined || declared === '$default') return undefined;
  const problem = aRoute('route', declared);
  if (problem !== undefined) throw new LazyApiError('TEST_REQUEST', problem);
  const [, routeMethod, path] = ROUTE.exec(declared)!;
  const route = { method: routeMethod, path, authorization: { kind: 'none' }, apiKeyRequired: false } as const;
  const match = matchRoute([route], method, parseTarget(target).path, endpoint.decodes);
  if (match) return { method: routeMethod, path, parameters: match.parameters };
  throw new LazyApiError('TEST_REQUEST', `route must match the request "${method} ${target}", got "${declared}"`);
}
