import { ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Cors } from '../cors';

/**
 * What API Gateway itself answers with.
 *
 * A path that no route has is answered like an HTTP API does. API Gateway does not tell it from an unsigned request to a route that wants IAM, so
 * that one is answered 404 too.
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

/** Of several origins none can be named: a gateway response has no condition, and naming whoever asks would be none either. */
function corsHeaders({ allowOrigins: [origin, ...others], allowCredentials }: Cors): { [name: string]: string } | undefined {
  if (others.length > 0) return undefined;
  return {
    'Access-Control-Allow-Origin': `'${origin}'`,
    ...allowCredentials && { 'Access-Control-Allow-Credentials': '\'true\'' },
  };
}
