import type { PreflightHeaders } from '../../contract/endpoint';
import type { AuthorizationSpec } from '../api-authorization';
import { identityProblem, IdentitySyntax } from '../identity-sources';
import type { EndpointKind } from '../route-plan';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_ROUTES = 300;

/**
 * Browsers send no credentials with preflight requests, so these have an `OPTIONS` route without authorization. API Gateway responds to preflight
 * requests without a route itself, but an `ANY` route receives them (https://github.com/anomalyco/sst/issues/5493).
 */
export function httpApiKind(preflight: PreflightHeaders | undefined): EndpointKind {
  return {
    limits: { most: MOST_ROUTES, unit: 'routes of an HTTP API', oneVariableChild: false },
    authorizationProblem,
    refusedRouteOptions: { apiKeyRequired: 'is not supported: HTTP APIs have no API keys; use ApiEndpoint.rest' },
    routeCost: preflight ? 2 : 1,
    preflight,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
const SYNTAX: IdentitySyntax = {
  of: 'HTTP APIs',
  pattern: /^\$(request\.(header|querystring)|context|stageVariables)\.[^\s,]+$/,
  examples: ['$request.header.Authorization', '$context.routeKey'],
};

/** What an HTTP API's authorizers cannot do, and what to do instead. */
function authorizationProblem(spec: AuthorizationSpec): string | undefined {
  if (spec.kind === 'cognito' && spec.clients.length === 0) {
    return 'an HTTP API requires the user pool clients whose tokens it accepts; set userPoolClients';
  }
  return spec.kind === 'lambda' ? identityProblem(spec, SYNTAX) : undefined;
}
