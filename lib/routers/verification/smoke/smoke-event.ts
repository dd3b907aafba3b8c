import { routeRequests, RoutedRequest } from './routed-request';
import { SmokeRequest } from './smoke-requests';
import type { EndpointTraits, EventSource } from '../../../contract/endpoint';
import { EventContext } from '../../../gateway/event-context';
import { HttpRequest } from '../../../gateway/http-message';
import { restApiEvent } from '../../../gateway/payload-1';
import { functionUrlEvent, httpApiEvent } from '../../../gateway/payload-2';

/** An event, and the router that it is for. */
export interface SmokeEvent {
  readonly prefix: string;
  readonly event: object;
}

/** The function whose endpoint sends the events. */
export interface SmokeTarget {
  readonly prefixes: readonly string[];
  readonly traits: EndpointTraits;
  readonly eventSource: EventSource;
}

/** An address for documentation: https://www.rfc-editor.org/rfc/rfc5737 */
const SOURCE_IP = '192.0.2.1';

const API_HOST = 'verification.execute-api.us-east-1.amazonaws.com';

/** What each kind of endpoint has in its events, and the default authorizer context. */
const SOURCES = {
  'HTTP API': { domainName: API_HOST, stage: '$default', authorizer: { jwt: { claims: {}, scopes: null }, lambda: {} } },
  'REST API': { domainName: API_HOST, stage: 'prod', authorizer: { claims: {}, principalId: 'verification' } },
  'function URL': { domainName: 'verification.lambda-url.us-east-1.on.aws', stage: '$default', authorizer: { iam: {} } },
};

/** Turns each request into the event that the endpoint sends for it. Throws an error if no router serves the path. */
export function toSmokeEvents(requests: readonly SmokeRequest[], { prefixes, traits, eventSource }: SmokeTarget): SmokeEvent[] {
  return routeRequests(requests, prefixes, traits).map((routed) => ({
    prefix: routed.prefix,
    event: toEvent(routed, eventSource, traits.binaryBodies),
  }));
}

function toEvent(routed: RoutedRequest, source: EventSource, binaryBodies: boolean): object {
  const { domainName, stage, authorizer } = SOURCES[source];
  const { request, authorized, route, pathParameters } = routed;
  const context: EventContext = {
    requestId: 'verification',
    apiId: 'verification',
    time: new Date(),
    domainName,
    stage,
    route: { method: 'ANY', path: route, parameters: pathParameters },
    authorizer: request.authorizer ?? (authorized ? authorizer : undefined),
  };
  const sent = toHttpRequest(request, domainName);
  if (source === 'HTTP API') return httpApiEvent(sent, context);
  if (source === 'function URL') return functionUrlEvent(sent, context);
  return restApiEvent(sent, { ...context, binaryMediaTypes: binaryBodies || request.isBase64Encoded ? ['*/*'] : [] });
}

/** Endpoints add headers to those of the client. */
function toHttpRequest({ method, target, headers, body, isBase64Encoded }: SmokeRequest, host: string): HttpRequest {
  const added = { 'x-forwarded-for': SOURCE_IP, 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' };
  return {
    method,
    target,
    headers: Object.entries({ host, 'user-agent': 'verification', ...added, ...headers }),
    ...body !== undefined && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') },
    sourceIp: SOURCE_IP,
  };
}
