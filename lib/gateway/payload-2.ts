import { bodyByContentType } from './event-body';
import { ACCOUNT_ID, API_ID, commonLogTime, EventContext } from './event-context';
import { headerOf, HttpHeaders, HttpRequest } from './http-message';
import { httpApiPath, parseTarget } from './request-target';

/**
 * The event that an HTTP API sends, in payload format 2.0. The path is decoded, and ends at a decoded `?`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApiEvent(request: HttpRequest, context: EventContext): object {
  return toEvent(request, context, httpApiPath(request.target, context.stage));
}

/**
 * The event that a function URL sends. The path is as sent, and the headers also contain the cookies.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function functionUrlEvent(request: HttpRequest, context: EventContext): object {
  const event = toEvent(request, { ...context, stage: '$default', route: undefined }, parseTarget(request.target).path);
  const cookie = headerOf(request.headers, 'cookie');
  return cookie === undefined ? event : { ...event, headers: { ...event.headers, cookie } };
}

function toEvent(request: HttpRequest, context: EventContext, path: string) {
  const { method, headers, body, sourceIp } = request;
  const { requestId, time, domainName, stage, route, authorizer, accountId = ACCOUNT_ID, apiId = API_ID } = context;
  const { query, parameters } = parseTarget(request.target);
  const routeKey = route ? `${route.method} ${route.path}` : '$default';
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'cookie').flatMap(([, value]) => value.split(/;\s*/)).filter(Boolean);
  const encoded = bodyByContentType(body, headerOf(headers, 'content-type'));
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...cookies.length > 0 && { cookies },
    headers: joined(headers.filter(([name]) => name.toLowerCase() !== 'cookie').map(([name, value]) => [name.toLowerCase(), value])),
    ...parameters.length > 0 && { queryStringParameters: joined(parameters) },
    requestContext: {
      accountId,
      apiId,
      ...authorizer && { authorizer },
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headerOf(headers, 'user-agent') ?? '' },
      requestId,
      routeKey,
      stage,
      time: commonLogTime(time),
      timeEpoch: time.getTime(),
    },
    ...Object.keys(route?.parameters ?? {}).length > 0 && { pathParameters: route!.parameters },
    ...encoded && { body: encoded.body },
    isBase64Encoded: encoded?.isBase64Encoded ?? false,
  };
}

/** Values of the same name are joined by a comma. */
function joined(pairs: HttpHeaders): Record<string, string> {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of pairs) values[name] = name in values ? `${values[name]},${value}` : value;
  return { ...values };
}
