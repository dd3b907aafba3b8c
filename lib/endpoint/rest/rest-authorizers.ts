import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { AuthorizationSpec, DEFAULT_AUTHORIZER_CACHE } from '../api-authorization';
import { authorizerId } from '../authorizer-id';

/** By their route, so that an answer that is remembered for one route never holds for another. */
const DEFAULT_IDENTITY = ['method.request.header.Authorization', 'context.resourcePath', 'context.httpMethod'];

/** What a method says of its authorization. */
export type MethodAuthorization = Pick<apigateway.MethodOptions, 'authorizationType' | 'authorizer' | 'authorizationScopes'>;

/** What a REST API does not know, and what to do instead. */
export function refuseAuthorization(spec: AuthorizationSpec): string | undefined {
  switch (spec.kind) {
    case 'jwt': return 'a REST API has no JWT authorizer; use ApiAuthorization.cognito or lambdaAuthorizer, or ApiEndpoint.http';
    case 'cognito': return spec.clients.length > 0
      ? 'a REST API accepts the tokens of every client of the user pool; leave userPoolClients out, or use ApiEndpoint.http'
      : undefined;
    case 'lambda': return spec.options.simpleResponses
      ? 'a REST API takes IAM policies from its authorizers only; leave simpleResponses out, or use ApiEndpoint.http'
      : undefined;
    default: return undefined;
  }
}

/** The authorizers of one REST API: a resource for each that differs, however many methods use it. */
export class RestAuthorizers {
  private readonly authorizers = new Map<string, apigateway.IAuthorizer>();

  constructor(private readonly scope: Construct) {}

  public authorize(spec: AuthorizationSpec): MethodAuthorization {
    switch (spec.kind) {
      case 'iam': return { authorizationType: apigateway.AuthorizationType.IAM };
      case 'cognito': return { authorizer: this.cognito(spec), ...spec.scopes.length > 0 && { authorizationScopes: [...spec.scopes] } };
      case 'lambda': return { authorizer: this.lambda(spec) };
      default: return { authorizationType: apigateway.AuthorizationType.NONE };
    }
  }

  private cognito({ userPool }: Extract<AuthorizationSpec, { kind: 'cognito' }>): apigateway.IAuthorizer {
    return this.authorizer('Cognito', { userPool: userPool.userPoolArn }, (id) => new apigateway.CognitoUserPoolsAuthorizer(this.scope, id, { cognitoUserPools: [userPool] }));
  }

  private lambda({ handler, options }: Extract<AuthorizationSpec, { kind: 'lambda' }>): apigateway.IAuthorizer {
    const settings = { identitySources: options.identity ?? DEFAULT_IDENTITY, resultsCacheTtl: options.cache ?? DEFAULT_AUTHORIZER_CACHE };
    return this.authorizer(
      'Lambda',
      { handler: handler.functionArn, identity: settings.identitySources, seconds: settings.resultsCacheTtl.toSeconds() },
      (id) => new apigateway.RequestAuthorizer(this.scope, id, { handler, ...settings }),
    );
  }

  private authorizer(kind: string, content: object, create: (id: string) => apigateway.IAuthorizer): apigateway.IAuthorizer {
    const id = authorizerId(this.scope, kind, content);
    const known = this.authorizers.get(id) ?? create(id);
    this.authorizers.set(id, known);
    return known;
  }
}
