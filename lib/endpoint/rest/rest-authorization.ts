import type { AuthorizationSpec } from '../api-authorization';
import { identityProblem, IdentitySyntax } from '../identity-sources';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html#cfn-apigateway-authorizer-identitysource */
const SYNTAX: IdentitySyntax = {
  of: 'REST APIs',
  pattern: /^(method\.request\.(header|querystring|multivaluequerystring)|stageVariables|context)\.[^\s,]+$/,
  examples: ['method.request.header.Authorization', 'context.httpMethod'],
};

/** What a REST API's authorizers cannot do, and what to do instead. */
export function restAuthorizationProblem(spec: AuthorizationSpec): string | undefined {
  switch (spec.kind) {
    case 'jwt': return 'a REST API knows no JWT authorizer; use ApiAuthorization.cognito, ApiAuthorization.lambdaAuthorizer, or ApiEndpoint.http';
    case 'cognito': return spec.clients.length > 0
      ? 'userPoolClients must be left out: a REST API accepts the tokens of all clients of a user pool; '
        + 'tell clients apart by scopes, or use ApiEndpoint.http'
      : undefined;
    case 'lambda': return spec.simpleResponses
      ? 'simpleResponses is not supported: a REST API wants an IAM policy of its authorizers; leave it out, or use ApiEndpoint.http'
      : identityProblem(spec, SYNTAX);
    default: return undefined;
  }
}
