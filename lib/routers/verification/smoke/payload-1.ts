import { toEventBody } from './body';
import { callerOf } from './caller';
import { RoutedRequest } from './routed-request';

/** What an authorizer passes on if the request does not say it. */
const AUTHORIZED = { claims: {}, principalId: 'verification' };

const HOST = 'verification.execute-api.us-east-1.amazonaws.com';

const STAGE = 'prod';

/**
 * The event of a REST API, in payload format 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function toPayload1(routed: RoutedRequest, binaryBodies: boolean): object {
  const { request, path: { encoded: path }, query, route: resource, pathParameters, authorized } = routed;
  const { sourceIp, userAgent, headers } = callerOf(routed, HOST);
  const authorizer = request.authorizer ?? (authorized ? AUTHORIZED : undefined);
  const names = [...new Set(query.keys())];
  const now = new Date();
  return {
    resource,
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: orNull(Object.fromEntries(names.map((name) => [name, query.getAll(name).at(-1)]))),
    multiValueQueryStringParameters: orNull(Object.fromEntries(names.map((name) => [name, query.getAll(name)]))),
    pathParameters: orNull(pathParameters),
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'verification',
      ...authorizer && { authorizer },
      domainName: HOST,
      domainPrefix: 'verification',
      httpMethod: request.method,
      identity: { sourceIp, userAgent },
      path: `/${STAGE}${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'verification',
      requestTime: now.toUTCString(),
      requestTimeEpoch: now.getTime(),
      resourcePath: resource,
      stage: STAGE,
    },
    ...toEventBody(request, !binaryBodies) ?? { body: null, isBase64Encoded: false },
  };
}

/** REST APIs say null where there is nothing. */
function orNull(values: object): object | null {
  return Object.keys(values).length > 0 ? values : null;
}
