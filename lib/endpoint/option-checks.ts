import type { ApiGatewayEndpointOptions, RouteOptions } from './api-gateway-options';
import { aThrottle } from './throttle';
import { aBoolean, anObject, Check, demand, demandOptions, having, mapOf, optional, props } from '../private/check';
import { aTextOf } from '../private/limits';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export const HTTP_API_NAME_MAX_LENGTH = 128;

/** Metrics have it as a dimension: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const REST_API_NAME_MAX_LENGTH = 1024;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export const DESCRIPTION_MAX_LENGTH = 1024;

export const anAuthorization = having('_spec', 'an ApiAuthorization, like ApiAuthorization.iam()');
export const aLogGroup = having('logGroupName', 'an ILogGroup');

/** For props that are checked where they are used, with a code of their own. */
export const checkedElsewhere: Check = () => undefined;

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

export const HTTP_COMMON: Record<keyof ApiGatewayEndpointOptions, Check> = optional({ ...COMMON, apiName: aTextOf(1, HTTP_API_NAME_MAX_LENGTH) });
export const REST_COMMON: Record<keyof ApiGatewayEndpointOptions, Check> = optional({ ...COMMON, apiName: aTextOf(1, REST_API_NAME_MAX_LENGTH) });

/** Fails with what is wrong in the options of a factory of ApiEndpoint. */
export function checkEndpointOptions(factory: string, options: object, check: Check): void {
  demandOptions('ENDPOINT_OPTION', `ApiEndpoint.${factory}`, options, check);
  if ('routes' in options && options.routes !== undefined) demand('ROUTE_OPTION', 'routes', options.routes, ROUTES);
}
