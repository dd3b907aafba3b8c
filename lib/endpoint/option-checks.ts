import type { ApiGatewayEndpointOptions, RouteOptions } from './api-gateway-options';
import { aThrottle } from './throttle';
import { aBoolean, anObject, Rule, checkProp, checkOptionsOf, having, mapOf, objectOf, optional } from '../private/check';
import { aStringOfLength } from '../private/limits';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export const DESCRIPTION_MAX_LENGTH = 1024;

export const anAuthorization = having('_spec', 'an ApiAuthorization, like ApiAuthorization.iam()');
export const aLogGroup = having('addStream', 'an ILogGroup');

/** For a prop that is checked where it is used, with a separate error code. */
export const checkedElsewhere: Rule = () => undefined;

/** The options of endpoints with routes. Each route is checked with a separate error code. */
export const ROUTED = { authorization: anAuthorization, routes: anObject };

const ROUTES = mapOf(objectOf<RouteOptions>(optional({ authorization: anAuthorization, throttle: aThrottle, apiKeyRequired: aBoolean })));

/** The options that new HTTP APIs and new REST APIs have in common. CORS and the domain are checked with separate error codes. */
export function gatewayChecks(nameMaxLength: number): Record<keyof ApiGatewayEndpointOptions, Rule> {
  return optional({
    ...ROUTED,
    apiName: aStringOfLength(1, nameMaxLength),
    description: aStringOfLength(0, DESCRIPTION_MAX_LENGTH),
    throttle: aThrottle,
    accessLogGroup: aLogGroup,
    cors: anObject,
    domain: anObject,
  });
}

/** Throws an error if the options of a factory of ApiEndpoint are invalid. */
export function checkEndpointOptions(factory: string, options: object, check: Rule): void {
  checkOptionsOf('ENDPOINT_OPTION', `ApiEndpoint.${factory}`, options, check);
  if ('routes' in options && options.routes !== undefined) checkProp('ROUTE_OPTION', 'routes', options.routes, ROUTES);
}
