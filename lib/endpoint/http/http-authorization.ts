import type { AuthorizationSpec } from '../api-authorization';
import { identityProblem, IdentitySyntax } from '../identity-sources';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
const SYNTAX: IdentitySyntax = {
  of: 'HTTP APIs',
  pattern: /^\$(request\.(header|querystring)|context|stageVariables)\.[^\s,]+$/,
  examples: ['$request.header.Authorization', '$context.routeKey'],
};

/** What an HTTP API's authorizers cannot do, and what to do instead. */
export function httpAuthorizationProblem(spec: AuthorizationSpec): string | undefined {
  if (spec.kind === 'cognito' && spec.clients.length === 0) {
    return 'an HTTP API must know for which clients of the user pool tokens are issued; set userPoolClients';
  }
  return spec.kind === 'lambda' ? identityProblem(spec, SYNTAX) : undefined;
}
