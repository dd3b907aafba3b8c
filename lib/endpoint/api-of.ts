import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ExistingHttpApi } from './http/existing-http-api';
import { HttpApiEndpoint } from './http/http-api-endpoint';
import type { IApiEndpoint } from './i-api-endpoint';
import { ExistingRestApi } from './rest/existing-rest-api';
import { RestApiEndpoint } from './rest/rest-api-endpoint';

/** The HTTP API of an endpoint, be it new or existing. Undefined for other endpoints. */
export function httpApiOf(endpoint: IApiEndpoint): IHttpApi | undefined {
  return endpoint instanceof HttpApiEndpoint || endpoint instanceof ExistingHttpApi ? endpoint.httpApi : undefined;
}

/** The REST API of an endpoint, be it new or existing. Undefined for other endpoints. */
export function restApiOf(endpoint: IApiEndpoint): IRestApi | undefined {
  return endpoint instanceof RestApiEndpoint || endpoint instanceof ExistingRestApi ? endpoint.restApi : undefined;
}
