import type { AuthorizationSpec } from '../api-authorization';
import { identityProblem, IdentitySyntax } from '../identity-sources';
import type { EndpointKind } from '../route-plan';

/**
 * A stack has at most 500 resources, and the rest of the stack needs some of them. An API has at most 300 resources, which need more than this in the
 * stack, because each also has a method.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST_RESOURCES = 400;

/** Each route is a method of a resource, or two methods with CORS. The route planner counts the resources. */
export function restApiKind(cors: boolean): EndpointKind {
  return {
    limits: {
      most: MOST_RESOURCES,
      unit: 'resources and methods of a REST API in one stack (CloudFormation allows 500 resources in total)',
      oneVariableChild: true,
    },
    authorizationProblem,
    refusedRouteOptions: {},
    routeCost: cors ? 2 : 1,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html */
const SYNTAX: IdentitySyntax = {
  of: 'REST APIs',
  pattern: /^(method\.request\.(header|querystring|multivaluequerystring)|stageVariables|context)\.[^\s,]+$/,
  examples: ['method.request.header.Authorization', 'context.httpMethod'],
};

/** What a REST API's authorizers cannot do, and what to do instead. */
function authorizationProblem(spec: AuthorizationSpec): string | undefined {
  switch (spec.kind) {
    case 'jwt': return 'a REST API does not support JWT authorizers; use ApiAuthorization.cognito, ApiAuthorization.lambdaAuthorizer, '
      + 'or ApiEndpoint.http';
    case 'cognito': return spec.clients.length > 0
      ? 'userPoolClients must be left out: a REST API accepts the tokens of all clients of a user pool; '
        + 'distinguish clients by scopes, or use ApiEndpoint.http'
      : undefined;
    case 'lambda': return spec.simpleResponses
      ? 'simpleResponses is not supported: a REST API requires an IAM policy from its authorizers; leave it out, or use ApiEndpoint.http'
      : identityProblem(spec, SYNTAX);
    default: return undefined;
  }
}
