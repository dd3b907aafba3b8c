import { bodyByBinaryTypes, bodyByContentType, EventBody } from './event-body';
import { ACCOUNT_ID, API_ID, commonLogTime, EventContext } from './event-context';
import { headerOf, HttpHeaders, HttpRequest } from './http-message';
import { httpApiPath, parseTarget } from './request-target';

/** The parts of a REST API that its events show. */
export interface RestEventContext extends EventContext {
  readonly binaryMediaTypes: readonly string[];
}

/**
 * The event that a REST API sends, in payload format 1.0. The path is as sent.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function restApiEvent(request: HttpRequest, context: RestEventContext): object {
  const { path } = parseTarget(request.target);
  const body = bodyByBinaryTypes(request.body, headerOf(request.headers, 'content-type'), context.binaryMediaTypes);
  return toEvent(request, context, { path, body });
}

/** The event that an HTTP API sends in payload format 1.0. The path is decoded, and ends at a decoded `?`. */
export function httpApiEventInPayload1(request: HttpRequest, context: EventContext): object {
  const path = httpApiPath(request.target, context.stage);
  const body = bodyByContentType(request.body, headerOf(request.headers, 'content-type'));
  return { version: '1.0', ...toEvent(request, context, { path, body }) };
}

function toEvent(request: HttpRequest, context: EventContext, { path, body }: { readonly path: string; readonly body?: EventBody }) {
  const { method, headers, sourceIp } = request;
  const { requestId, time, domainName, stage, route, authorizer, accountId = ACCOUNT_ID, apiId = API_ID } = context;
  const { parameters } = parseTarget(request.target);
  const resource = route?.path ?? '/{proxy+}';
  return {
    resource,
    path,
    httpMethod: method,
    headers: last(headers),
    multiValueHeaders: all(headers),
    queryStringParameters: parameters.length > 0 ? last(parameters) : null,
    multiValueQueryStringParameters: parameters.length > 0 ? all(parameters) : null,
    pathParameters: Object.keys(route?.parameters ?? {}).length > 0 ? route!.parameters : null,
    stageVariables: null,
    requestContext: {
      accountId,
      apiId,
      ...authorizer && { authorizer },
      domainName,
      domainPrefix: domainName.split('.')[0],
      extendedRequestId: requestId,
      httpMethod: method,
      identity: { sourceIp, userAgent: headerOf(headers, 'user-agent') ?? null },
      path: path.startsWith(`/${stage}/`) ? path : `/${stage}${path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: commonLogTime(time),
      requestTimeEpoch: time.getTime(),
      resourcePath: resource,
      stage,
    },
    body: body?.body ?? null,
    isBase64Encoded: body?.isBase64Encoded ?? false,
  };
}

function last(pairs: HttpHeaders): Record<string, string> {
  return Object.fromEntries(pairs);
}

function all(pairs: HttpHeaders): Record<string, string[]> {
  const names = [...new Set(pairs.map(([name]) => name))];
  return Object.fromEntries(names.map((name) => [name, pairs.filter(([other]) => other === name).map(([, value]) => value)]));
}
