import { Fn, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { InternalError } from '../../private/errors';
import type { AuthorizationOf } from '../api-authorization';
import { AuthorizerSpec, Authorizers, authorizerUri } from '../authorizers';
import type { EndpointRoute } from '../route-plan';

/**
 * The Authorization header, and the route with the method, so that a cached result for one never applies to another.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const DEFAULT_IDENTITY = ['method.request.header.Authorization', 'context.resourcePath', 'context.httpMethod'];

/** The options of a method that define its authorization. */
export type MethodAuthorization = Pick<apigateway.MethodOptions, 'authorizationType' | 'authorizer' | 'authorizationScopes'>;

/** The authorization of a public method. */
export const OPEN: MethodAuthorization = methodAuthorization(apigateway.AuthorizationType.NONE);

type Settings = Omit<apigateway.CfnAuthorizerProps, 'restApiId' | 'name'>;

/** The authorizers of one REST API. */
export class RestAuthorizers {
  private readonly authorizers: Authorizers<Settings>;

  constructor(private readonly scope: Construct, { restApiId }: apigateway.IRestApi) {
    this.authorizers = new Authorizers(scope, {
      apiId: restApiId,
      kind: 'a REST API',
      createAuthorizer: (id, name, settings) => new apigateway.CfnAuthorizer(scope, id, { ...settings, restApiId, name }),
    });
  }

  public authorize(route: EndpointRoute): MethodAuthorization {
    const { COGNITO, CUSTOM, IAM } = apigateway.AuthorizationType;
    const spec = route.authorization;
    switch (spec.kind) {
      case 'none': return OPEN;
      case 'iam': return methodAuthorization(IAM);
      case 'cognito': return {
        ...methodAuthorization(COGNITO, this.authorizers.obtain(route, toUserPoolAuthorizer(spec))),
        ...spec.scopes.length > 0 && { authorizationScopes: [...spec.scopes] },
      };
      case 'lambda': return methodAuthorization(CUSTOM, this.authorizers.obtain(route, toLambdaAuthorizer(this.scope, spec)));
      case 'jwt': throw new InternalError('a REST API got a JWT authorizer');
    }
  }
}

function toUserPoolAuthorizer({ userPool }: AuthorizationOf<'cognito'>): AuthorizerSpec<Settings> {
  return {
    kind: 'Cognito',
    settings: { type: 'COGNITO_USER_POOLS', identitySource: 'method.request.header.Authorization', providerArns: [userPool.userPoolArn] },
    constructs: { providerArns: [userPool] },
  };
}

function toLambdaAuthorizer(scope: Construct, { handler, cacheSeconds, identity }: AuthorizationOf<'lambda'>): AuthorizerSpec<Settings> {
  return {
    kind: 'Lambda',
    settings: {
      type: 'REQUEST',
      identitySource: joined(identity ?? DEFAULT_IDENTITY),
      authorizerResultTtlInSeconds: cacheSeconds,
      authorizerUri: authorizerUri(scope, handler),
    },
    constructs: { authorizerUri: handler },
    handler,
  };
}

/** An empty authorizer overrides an existing API's default authorizer. */
function methodAuthorization(authorizationType: apigateway.AuthorizationType, id = ''): MethodAuthorization {
  return { authorizationType, authorizer: { authorizerId: id, authorizationType } };
}

/** Only CloudFormation can join a token that represents a list. */
function joined(sources: readonly string[]): string | undefined {
  return Token.isUnresolved(sources) ? Fn.join(',', [...sources]) : sources.join(',') || undefined;
}
