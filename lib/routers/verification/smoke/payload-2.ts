import { arrivesAsText, toEventBody } from './body';
import { callerOf } from './caller';
import { RoutedRequest } from './routed-request';
import type { EventSource } from '../../../contract/endpoint';

/** What an authorizer passes on if the request does not say it. */
const AUTHORIZED = { jwt: { claims: {}, scopes: null }, lambda: {} };

const HOSTS = {
  'HTTP API': 'verification.execute-api.us-east-1.amazonaws.com',
  'function URL': 'verification.lambda-url.us-east-1.on.aws',
};

/**
 * The event of an HTTP API or a function URL, in payload format 2.0. A function URL does not decode the path, has no routes, and leaves cookies in
 * the headers, too.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toPayload2(routed: RoutedRequest, source: Exclude<EventSource, 'REST API'>): object {
  const { request, path, query, pathParameters, authorized } = routed;
  const isApi = source === 'HTTP API';
  const rawPath = isApi ? path.decoded : path.encoded;
  const routeKey = isApi ? `ANY ${routed.route}` : '$default';
  const { sourceIp, userAgent, headers } = callerOf(routed, HOSTS[source]);
  const { cookie, ...others } = headers;
  const authorizer = request.authorizer ?? (authorized ? AUTHORIZED : undefined);
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query.toString(),
    ...cookie !== undefined && { cookies: cookie.split('; ') },
    headers: isApi ? others : headers,
    ...query.size > 0 && { queryStringParameters: Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')])) },
    ...isApi && Object.keys(pathParameters).length > 0 && { pathParameters },
    requestContext: {
      accountId: '123456789012',
      apiId: 'verification',
      ...authorizer && { authorizer },
      domainName: HOSTS[source],
      domainPrefix: 'verification',
      http: { method: request.method, path: rawPath, protocol: 'HTTP/1.1', sourceIp, userAgent },
      requestId: 'verification',
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...toEventBody(request, arrivesAsText(request)) ?? { isBase64Encoded: false },
  };
}
