import { authorize, AuthorizeOptions } from './authorize';
import { ANY_API_KEY, IAM_SKIPPED } from './caveats';
import { mockAnswer, preflightAnswer, withCors } from './cors';
import { EVENT_BYTES } from './limits';
import { LocalEndpoint, LocalRoute } from './local-endpoint';
import { matchRoute, RouteMatch } from './match-route';
import { OwnAnswer, ownAnswer } from './own-answer';
import { withoutStage } from './without-stage';
import type { EventContext } from '../../gateway/event-context';
import type { FunctionResult } from '../../gateway/function-result';
import { headerOf, HttpRequest, HttpResponse } from '../../gateway/http-message';
import { httpApiEventInPayload1, restApiEvent } from '../../gateway/payload-1';
import { functionUrlEvent, httpApiEvent } from '../../gateway/payload-2';
import { parseTarget } from '../../gateway/request-target';
import { FUNCTION_URL_RULES, HTTP_API_RULES, ResponseRules, restApiRules, toResponse } from '../../gateway/to-response';

/** What the server knows about a request in addition to its bytes. */
export interface GatewayContext extends AuthorizeOptions {
  readonly requestId: string;
  readonly time: Date;
  readonly domainName: string;
}

/** What an endpoint does with a request. */
export type Routed = Invoke | Answer;

/** It invokes the function. */
export interface Invoke {
  readonly kind: 'invoke';
  /** As JSON. */
  readonly event: string;
  readonly route?: LocalRoute;
  /** What differs from AWS on this machine. */
  readonly notes: readonly string[];
}

/** The endpoint responds without an invocation. */
export interface Answer {
  readonly kind: 'answer';
  readonly response: HttpResponse;
  readonly route?: LocalRoute;
  readonly notes: readonly string[];
}

/** Decides what an endpoint does with a request. The event is the same with and without the name of the stage in the path. */
export async function routeRequest(endpoint: LocalEndpoint, given: HttpRequest, context: GatewayContext): Promise<Routed> {
  if (endpoint.kind !== 'http-api' && endpoint.kind !== 'rest-api') return routeToUrl(endpoint, given, context);
  const request = { ...given, target: withoutStage(endpoint, given.target) };
  const match = matchRoute(endpoint.routes, request.method, parseTarget(request.target).path, endpoint.kind === 'http-api');
  if (!match) return unmatched(endpoint, request);
  const { route } = match;
  if (route.answer) return { ...answered(mockAnswer(route.answer, request)), route };
  const eventContext = { ...context, stage: endpoint.stage, route: toMatched(match) };
  const authorization = await authorize({ endpoint, route, request, context: eventContext }, context);
  if (!authorization.passes) return refused(endpoint, request, { route, ...authorization });
  const hasKey = headerOf(request.headers, 'x-api-key') !== undefined;
  if (route.apiKeyRequired && !hasKey) return refused(endpoint, request, { route, answer: 'noApiKey', note: 'the route needs the header x-api-key' });
  const notes = [authorization.note, route.apiKeyRequired ? ANY_API_KEY : undefined].filter((note) => note !== undefined);
  const event = eventOf(endpoint, request, { ...eventContext, authorizer: authorization.authorizer });
  return invoked(endpoint, request, { kind: 'invoke', event: JSON.stringify(event), route, notes });
}

/** What the client receives for the result of an invocation. */
export async function respond(endpoint: LocalEndpoint, result: FunctionResult, request: HttpRequest): Promise<HttpResponse> {
  try {
    return withCors(endpoint, request, await toResponse(result, request, rulesOf(endpoint)));
  } catch {
    // The head of the stream is incomplete or not JSON.
    return withCors(endpoint, request, ownAnswer(endpoint, 'failure'));
  }
}

/** A function URL has no routes. */
function routeToUrl(endpoint: LocalEndpoint, request: HttpRequest, context: GatewayContext): Routed {
  const preflight = preflightAnswer(endpoint, request);
  if (preflight) return answered(preflight);
  const decided = context.decide?.(endpoint.authorization);
  if (decided && !decided.passes) return refused(endpoint, request, decided);
  const note = decided ? decided.note : endpoint.authorization.kind === 'iam' ? IAM_SKIPPED : undefined;
  const event = functionUrlEvent(request, { ...context, stage: '$default', authorizer: decided?.authorizer });
  return invoked(endpoint, request, { kind: 'invoke', event: JSON.stringify(event), notes: note === undefined ? [] : [note] });
}

function invoked(endpoint: LocalEndpoint, request: HttpRequest, invoke: Invoke): Routed {
  if (Buffer.byteLength(invoke.event) <= EVENT_BYTES) return invoke;
  return refused(endpoint, request, { route: invoke.route, answer: 'tooLarge', note: 'the event is larger than the 6 MB that Lambda accepts' });
}

interface Refusal {
  readonly answer: OwnAnswer;
  readonly route?: LocalRoute;
  readonly note?: string;
}

function refused(endpoint: LocalEndpoint, request: HttpRequest, { answer, route, note }: Refusal): Answer {
  return { kind: 'answer', response: withCors(endpoint, request, ownAnswer(endpoint, answer)), route, notes: note === undefined ? [] : [note] };
}

function unmatched(endpoint: LocalEndpoint, request: HttpRequest): Answer {
  const preflight = preflightAnswer(endpoint, request);
  if (preflight) return answered(preflight);
  return { ...answered(ownAnswer(endpoint, 'notFound')), notes: ['no route matches'] };
}

function answered(response: HttpResponse): Answer {
  return { kind: 'answer', response, notes: [] };
}

function toMatched({ route, parameters }: RouteMatch): EventContext['route'] {
  return route.path === '$default' ? undefined : { method: route.method, path: route.path, parameters };
}

function eventOf(endpoint: LocalEndpoint, request: HttpRequest, context: EventContext): object {
  if (endpoint.kind === 'rest-api') return restApiEvent(request, { ...context, binaryMediaTypes: endpoint.binaryMediaTypes });
  return endpoint.payload === '1.0' ? httpApiEventInPayload1(request, context) : httpApiEvent(request, context);
}

function rulesOf(endpoint: LocalEndpoint): ResponseRules {
  if (endpoint.kind === 'rest-api') return { ...restApiRules(endpoint.binaryMediaTypes), failure: ownAnswer(endpoint, 'failure') };
  if (endpoint.kind === 'http-api') return { ...HTTP_API_RULES, infersStatus: endpoint.payload === '2.0' };
  return FUNCTION_URL_RULES;
}
