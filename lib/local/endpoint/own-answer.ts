import { EVENT_BYTES } from './limits';
import { LocalEndpoint } from './local-endpoint';
import type { HttpResponse } from '../../gateway/http-message';
import { jsonResponse } from '../../gateway/to-response';

/** A response that an endpoint sends without a result of the function. */
export type OwnAnswer = 'notFound' | 'unauthorized' | 'forbidden' | 'authorizerFailure' | 'noApiKey' | 'tooLarge' | 'timeout' | 'failure';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html */
const HTTP_API: Readonly<Record<OwnAnswer, readonly [status: number, message: string]>> = {
  notFound: [404, 'Not Found'],
  unauthorized: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  authorizerFailure: [500, 'Internal Server Error'],
  noApiKey: [403, 'Forbidden'],
  tooLarge: [413, 'Request Entity Too Large'],
  timeout: [503, 'Service Unavailable'],
  failure: [500, 'Internal Server Error'],
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const REST_API: Readonly<Record<OwnAnswer, readonly [type: string, status: number, message: string | null]>> = {
  notFound: ['MISSING_AUTHENTICATION_TOKEN', 403, 'Missing Authentication Token'],
  unauthorized: ['UNAUTHORIZED', 401, 'Unauthorized'],
  forbidden: ['ACCESS_DENIED', 403, 'User is not authorized to access this resource'],
  authorizerFailure: ['AUTHORIZER_CONFIGURATION_ERROR', 500, null],
  noApiKey: ['INVALID_API_KEY', 403, 'Forbidden'],
  tooLarge: ['REQUEST_TOO_LARGE', 413, 'Request Too Long'],
  timeout: ['INTEGRATION_TIMEOUT', 504, 'Endpoint request timed out'],
  // It has no separate type: only the default for 5xx applies.
  failure: ['DEFAULT_5XX', 502, 'Internal server error'],
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
const FUNCTION_URL: Readonly<Partial<Record<OwnAnswer, HttpResponse>>> = {
  tooLarge: jsonResponse(413, JSON.stringify({ Message: `Request must be smaller than ${EVENT_BYTES} bytes for the InvokeFunction operation` })),
};

export function ownAnswer(endpoint: LocalEndpoint, answer: OwnAnswer): HttpResponse {
  if (endpoint.kind === 'rest-api') return gatewayResponse(endpoint, answer);
  if (endpoint.kind === 'http-api') return jsonResponse(HTTP_API[answer][0], JSON.stringify({ message: HTTP_API[answer][1] }));
  return FUNCTION_URL[answer] ?? jsonResponse(502, 'Internal Server Error');
}

/** The response that the API declares for the type, or for all types with this status. */
function gatewayResponse({ gatewayResponses }: LocalEndpoint, answer: OwnAnswer): HttpResponse {
  const [type, status, message] = REST_API[answer];
  const declared = gatewayResponses[type] ?? gatewayResponses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const template = declared?.template ?? '{"message":$context.error.messageString}';
  const body = template.replaceAll('$context.error.messageString', JSON.stringify(message)).replaceAll('$context.error.message', String(message));
  const response = jsonResponse(declared?.status ?? status, body);
  return { ...response, headers: [...response.headers, ...Object.entries(declared?.headers ?? {})] };
}
