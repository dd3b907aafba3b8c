import { randomUUID } from 'node:crypto';
import { EventContext } from '../gateway/event-context';
import { HttpRequest, HttpResponse } from '../gateway/http-message';
import { httpApiEventInPayload1, restApiEvent } from '../gateway/payload-1';
import { functionUrlEvent, httpApiEvent } from '../gateway/payload-2';
import { parseTarget } from '../gateway/request-target';
import { FUNCTION_URL_RULES, HTTP_API_RULES, jsonResponse, restApiRules, toResponse } from '../gateway/to-response';
import { routeFor } from '../local/endpoint/find-router';
import { LocalAuthorization, LocalEndpoint } from '../local/endpoint/local-endpoint';
import { RouteMatch } from '../local/endpoint/match-route';
import { InvocationResult } from '../local/lambda/invocation';

/** What an endpoint does with a request: it invokes the function, or answers itself. */
export type Handover = { readonly event: object; readonly authorization: LocalAuthorization } | { readonly answer: HttpResponse };

/** What authorizers pass on if the user does not say it. */
const AUTHORIZERS: Readonly<Record<LocalEndpoint['payload'], Partial<Record<LocalAuthorization['kind'], object>>>> = {
  '2.0': { jwt: { jwt: { claims: {}, scopes: null } }, lambda: { lambda: {} } },
  '1.0': { jwt: { claims: {}, scopes: null }, cognito: { claims: {} }, lambda: { principalId: 'local' } },
};

const NOT_FOUND = {
  'http-api': jsonResponse(404, '{"message":"Not Found"}'),
  'rest-api': jsonResponse(403, '{"message":"Missing Authentication Token"}'),
};

/** The event that the endpoint sends for a request. Authorizers are skipped. */
export function handOver(endpoint: LocalEndpoint, request: HttpRequest, authorizer?: object): Handover {
  const { kind } = endpoint;
  if (kind === 'function-url' || kind === 'none') {
    return { event: toEvent(endpoint, request, undefined, authorizer), authorization: endpoint.authorization };
  }
  const match = routeFor(endpoint, request.method, parseTarget(request.target).path);
  if (!match) return { answer: NOT_FOUND[kind] };
  const { answer, authorization } = match.route;
  if (answer) return { answer: { status: answer.status, headers: Object.entries(answer.headers), body: Buffer.alloc(0) } };
  return { event: toEvent(endpoint, request, match, authorizer ?? AUTHORIZERS[endpoint.payload][authorization.kind]), authorization };
}

/** What the client receives for what the function returns. */
export function toAnswer({ kind, binaryMediaTypes }: LocalEndpoint, result: InvocationResult, request: HttpRequest): Promise<HttpResponse> {
  if (kind === 'rest-api') return toResponse(result, request, restApiRules(binaryMediaTypes));
  return toResponse(result, request, kind === 'function-url' ? FUNCTION_URL_RULES : HTTP_API_RULES);
}

function toEvent({ kind, payload, stage, binaryMediaTypes }: LocalEndpoint, request: HttpRequest, match?: RouteMatch, authorizer?: object): object {
  const context: EventContext = {
    requestId: randomUUID(),
    time: new Date(),
    domainName: 'localhost',
    stage,
    authorizer,
    ...match && match.route.path !== '$default' && { route: { ...match.route, parameters: match.parameters } },
  };
  if (kind === 'rest-api') return restApiEvent(request, { ...context, binaryMediaTypes });
  if (kind === 'function-url') return functionUrlEvent(request, context);
  return payload === '1.0' ? httpApiEventInPayload1(request, context) : httpApiEvent(request, context);
}
