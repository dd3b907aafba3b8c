import { Fn, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { authorizerIdentity } from './rest-authorization';
import { InternalError } from '../../private/errors';
import { AuthorizationSpec } from '../api-authorization';
import { allowAuthorizer, Authorizers, authorizerUri } from '../authorizers';
import type { EndpointRoute } from '../route-plan';

/** What a method says of its authorization. */
export type MethodAuthorization = Pick<apigateway.MethodOptions, 'authorizationType' | 'authorizer' | 'authorizationScopes'>;

/** The authorization of a method that anybody may call. */
export const OPEN: MethodAuthorization = methodAuthorization(apigateway.AuthorizationType.NONE);

type Settings = Omit<apigateway.CfnAuthorizerProps, 'restApiId' | 'name'>;

/** The authorizers of one REST API. */
export class RestAuthorizers {
  private readonly authorizers: Authorizers<apigateway.CfnAuthorizer>;

  constructor(private readonly scope: Construct, private readonly api: apigateway.IRestApi) {
    this.authorizers = new Authorizers(scope, 'a REST API');
  }

  public authorize(route: EndpointRoute): MethodAuthorization {
    const spec = route.authorization;
    switch (spec.kind) {
      case 'none': return OPEN;
      case 'iam': return methodAuthorization(apigateway.AuthorizationType.IAM);
      case 'cognito': return {
        ...methodAuthorization(apigateway.AuthorizationType.COGNITO, this.cognito(route, spec)),
        ...spec.scopes.length > 0 && { authorizationScopes: [...spec.scopes] },
      };
      case 'lambda': return methodAuthorization(apigateway.AuthorizationType.CUSTOM, this.lambda(route, spec));
      case 'jwt': throw new InternalError('a REST API got a JWT authorizer');
    }
  }

  private cognito(route: EndpointRoute, { userPool }: Extract<AuthorizationSpec, { kind: 'cognito' }>): string {
    const settings: Settings = {
      type: 'COGNITO_USER_POOLS', identitySource: 'method.request.header.Authorization', providerArns: [userPool.userPoolArn],
    };
    return this.authorizers.obtain('Cognito', route, { ...settings, providerArns: [userPool] }, this.create(settings)).ref;
  }

  private lambda(route: EndpointRoute, spec: Extract<AuthorizationSpec, { kind: 'lambda' }>): string {
    const { handler, cacheSeconds } = spec;
    const settings: Settings = {
      type: 'REQUEST',
      identitySource: joined(authorizerIdentity(spec)),
      authorizerResultTtlInSeconds: cacheSeconds,
      authorizerUri: authorizerUri(this.scope, handler),
    };
    return this.authorizers.obtain('Lambda', route, { ...settings, authorizerUri: handler }, (id, name) => {
      const authorizer = this.create(settings)(id, name);
      allowAuthorizer(this.scope, handler, this.api.restApiId, authorizer);
      return authorizer;
    }).ref;
  }

  private create(settings: Settings): (id: string, name: string) => apigateway.CfnAuthorizer {
    return (id, name) => new apigateway.CfnAuthorizer(this.scope, id, { ...settings, restApiId: this.api.restApiId, name });
  }
}

/** An empty authorizer keeps an existing API's default authorizer away. */
function methodAuthorization(authorizationType: apigateway.AuthorizationType, id = ''): MethodAuthorization {
  return { authorizationType, authorizer: { authorizerId: id, authorizationType } };
}

/** Only CloudFormation can join a token that stands for a list. */
function joined(sources: readonly string[]): string | undefined {
  return Token.isUnresolved(sources) ? Fn.join(',', [...sources]) : sources.join(',') || undefined;
}
