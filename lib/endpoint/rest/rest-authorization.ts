import { startsWithToken } from '../../private/tokens';
import type { AuthorizationSpec } from '../api-authorization';

type LambdaAuthorization = Extract<AuthorizationSpec, { kind: 'lambda' }>;

/**
 * The Authorization header, and the route with the method, so that an answer that is remembered for one never holds for another.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const DEFAULT_IDENTITY = ['method.request.header.Authorization', 'context.resourcePath', 'context.httpMethod'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html#cfn-apigateway-authorizer-identitysource */
const IDENTITY = /^(method\.request\.(header|querystring|multivaluequerystring)|stageVariables|context)\.[^\s,]+$/;

export function authorizerIdentity({ identity }: LambdaAuthorization): readonly string[] {
  return identity ?? DEFAULT_IDENTITY;
}

/** What a REST API's authorizers cannot do, and what to do instead. */
export function restAuthorizationProblem(spec: AuthorizationSpec): string | undefined {
  switch (spec.kind) {
    case 'jwt': return 'a REST API knows no JWT authorizer; use ApiAuthorization.cognito, ApiAuthorization.lambdaAuthorizer, or ApiEndpoint.http';
    case 'cognito': return spec.clients.length > 0
      ? 'userPoolClients must be left out: a REST API accepts the tokens of all clients of a user pool; tell clients apart by scopes, or use ApiEndpoint.http'
      : undefined;
    case 'lambda': return lambdaProblem(spec);
    default: return undefined;
  }
}

function lambdaProblem(spec: LambdaAuthorization): string | undefined {
  if (spec.simpleResponses) {
    return 'simpleResponses is not supported: a REST API wants an IAM policy of its authorizers; leave it out, or use ApiEndpoint.http';
  }
  const odd = authorizerIdentity(spec).find((source) => !startsWithToken(source) && !IDENTITY.test(source));
  if (odd !== undefined) {
    return `identity must be in the words of REST APIs, like "method.request.header.Authorization" or "context.httpMethod", got "${odd}"`;
  }
  return undefined;
}
