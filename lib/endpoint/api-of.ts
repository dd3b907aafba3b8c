import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IApiEndpoint } from './i-api-endpoint';

/** The HTTP API of an endpoint, new or existing. Undefined for other endpoints. */
export function httpApiOf(endpoint: IApiEndpoint & { readonly httpApi?: IHttpApi }): IHttpApi | undefined {
  return endpoint.httpApi;
}

/** The REST API of an endpoint, new or existing. Undefined for other endpoints. */
export function restApiOf(endpoint: IApiEndpoint & { readonly restApi?: IRestApi }): IRestApi | undefined {
  return endpoint.restApi;
}
