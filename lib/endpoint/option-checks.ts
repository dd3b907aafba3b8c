import type { ApiGatewayEndpointOptions, RouteOptions } from './api-gateway-options';
import type { FunctionUrlEndpointOptions } from './function-url-endpoint';
import type { ExistingHttpApiOptions } from './http/existing-http-api';
import type { HttpApiEndpointOptions } from './http/http-api-endpoint';
import type { ExistingRestApiOptions } from './rest/existing-rest-api';
import type { RestApiEndpointOptions } from './rest/rest-api-options';
import { aThrottle } from './throttle';
import { aBoolean, anObject, Check, demand, demandOptions, having, listOf, mapOf, oneOf, optional, props } from '../private/check';
import { aTextOf } from '../private/limits';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export const HTTP_API_NAME_MAX_LENGTH = 128;

/** Metrics have it as a dimension: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const REST_API_NAME_MAX_LENGTH = 1024;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export const DESCRIPTION_MAX_LENGTH = 1024;

const anAuthorization = having('_spec', 'an ApiAuthorization, like ApiAuthorization.iam()');
export const aLogGroup = having('logGroupName', 'an ILogGroup');

/** For props that are checked where they are used, with a code of their own. */
const checkedElsewhere: Check = () => undefined;

const ROUTES = mapOf(props<RouteOptions>(optional({ authorization: anAuthorization, throttle: aThrottle, apiKeyRequired: aBoolean })));

/** What both new kinds of API have in common. CORS, routes and the domain have checks, and codes, of their own. */
const COMMON = {
  authorization: anAuthorization,
  routes: anObject,
  description: aTextOf(0, DESCRIPTION_MAX_LENGTH),
  throttle: aThrottle,
  accessLogGroup: aLogGroup,
  cors: anObject,
  domain: anObject,
};

const withName = (most: number): Record<keyof ApiGatewayEndpointOptions, Check> => optional({ ...COMMON, apiName: aTextOf(1, most) });

const OF_ALL = { authorization: anAuthorization, routes: anObject };

/** By the factories of ApiEndpoint. */
const OPTIONS = {
  http: props<HttpApiEndpointOptions>({ ...withName(HTTP_API_NAME_MAX_LENGTH), ...optional({ stageName: checkedElsewhere }) }),
  rest: props<RestApiEndpointOptions>({
    ...withName(REST_API_NAME_MAX_LENGTH),
    ...optional({
      stageName: checkedElsewhere,
      vpcEndpoints: listOf(having('vpcEndpointId', 'an IVpcEndpoint')),
      webAcl: having('_protect', 'an ApiWebAcl, like ApiWebAcl.managedRules()'),
      usagePlan: anObject,
      executionLogLevel: oneOf('OFF', 'ERROR', 'INFO'),
      cloudWatchRole: aBoolean,
      tracing: aBoolean,
      streaming: aBoolean,
      integrationTimeout: checkedElsewhere,
    }),
  }),
  fromHttpApi: props<ExistingHttpApiOptions>(optional({ ...OF_ALL, preflight: aBoolean, stageName: checkedElsewhere })),
  fromRestApi: props<ExistingRestApiOptions>(optional({
    ...OF_ALL, cors: anObject, streaming: aBoolean, integrationTimeout: checkedElsewhere, stageName: checkedElsewhere,
  })),
  functionUrl: props<FunctionUrlEndpointOptions>(optional({ authorization: anAuthorization, cors: anObject, streaming: aBoolean })),
};

/** Fails with what is wrong in the options of a factory of ApiEndpoint. */
export function checkEndpointOptions(factory: keyof typeof OPTIONS, options: object): void {
  demandOptions('ENDPOINT_OPTION', `ApiEndpoint.${factory}`, options, OPTIONS[factory]);
  if ('routes' in options && options.routes !== undefined) demand('ROUTE_OPTION', 'routes', options.routes, ROUTES);
}
