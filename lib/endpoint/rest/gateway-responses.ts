import { ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Cors } from '../cors';

/**
 * Adds the responses that API Gateway itself sends.
 *
 * A path without a route gets the same response as in an HTTP API. API Gateway does not distinguish it from an unsigned request to a route with IAM
 * authorization, so that request also gets a 404.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function addGatewayResponses(api: RestApi, cors: Cors | undefined): void {
  const responseHeaders = cors && corsHeaders(cors);
  api.addGatewayResponse('NotFound', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    templates: { 'application/json': '{"message":"Not Found"}' },
    responseHeaders,
  });
  if (!responseHeaders) return;
  api.addGatewayResponse('ClientErrors', { type: ResponseType.DEFAULT_4XX, responseHeaders });
  api.addGatewayResponse('ServerErrors', { type: ResponseType.DEFAULT_5XX, responseHeaders });
}

/** With several origins, none can be named: a gateway response has no conditions, and naming the origin of every request would allow all origins. */
function corsHeaders({ allowOrigins: [origin, ...others], allowCredentials }: Cors): { [name: string]: string } | undefined {
  if (others.length > 0) return undefined;
  return {
    'Access-Control-Allow-Origin': `'${origin}'`,
    ...allowCredentials && { 'Access-Control-Allow-Credentials': '\'true\'' },
  };
}
