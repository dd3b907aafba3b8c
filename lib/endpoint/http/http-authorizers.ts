import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { AuthorizationOf } from '../api-authorization';
import { AuthorizerSpec, Authorizers, authorizerUri } from '../authorizers';
import type { EndpointRoute } from '../route-plan';

/** Includes the route and the method, so that a cached result for one never applies to another. */
const DEFAULT_IDENTITY = ['$request.header.Authorization', '$context.routeKey', '$context.httpMethod'];

/** The properties of a route that define its authorization. */
export type RouteAuthorization = Pick<apigwv2.CfnRouteProps, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

type Settings = Omit<apigwv2.CfnAuthorizerProps, 'apiId' | 'name'>;

/** The authorizers of one HTTP API. */
export class HttpAuthorizers {
  private readonly authorizers: Authorizers<Settings>;

  constructor(private readonly scope: Construct, { apiId }: apigwv2.IHttpApi) {
    this.authorizers = new Authorizers(scope, {
      apiId,
      kind: 'an HTTP API',
      createAuthorizer: (id, name, settings) => new apigwv2.CfnAuthorizer(scope, id, { ...settings, apiId, name }),
    });
  }

  public authorize(route: EndpointRoute): RouteAuthorization {
    const spec = route.authorization;
    switch (spec.kind) {
      case 'none': return { authorizationType: 'NONE' };
      case 'iam': return { authorizationType: 'AWS_IAM' };
      case 'jwt': return this.jwt(route, toJwtAuthorizer({ issuer: spec.issuer, audience: [...spec.audience] }), spec.scopes);
      case 'cognito': return this.jwt(route, toUserPoolAuthorizer(spec), spec.scopes);
      case 'lambda': return { authorizationType: 'CUSTOM', authorizerId: this.authorizers.obtain(route, toLambdaAuthorizer(this.scope, spec)) };
    }
  }

  private jwt(route: EndpointRoute, authorizer: AuthorizerSpec<Settings>, scopes: readonly string[]): RouteAuthorization {
    const authorizerId = this.authorizers.obtain(route, authorizer);
    return { authorizationType: 'JWT', authorizerId, ...scopes.length > 0 && { authorizationScopes: [...scopes] } };
  }
}

function toJwtAuthorizer(jwtConfiguration: apigwv2.CfnAuthorizer.JWTConfigurationProperty): AuthorizerSpec<Settings> {
  return { kind: 'Jwt', settings: { authorizerType: 'JWT', identitySource: ['$request.header.Authorization'], jwtConfiguration } };
}

function toUserPoolAuthorizer({ userPool, clients }: AuthorizationOf<'cognito'>): AuthorizerSpec<Settings> {
  const audience = clients.map(({ userPoolClientId }) => userPoolClientId);
  return {
    ...toJwtAuthorizer({ issuer: `https://${userPool.userPoolProviderName}`, audience }),
    constructs: { jwtConfiguration: { issuer: userPool, audience: clients } },
  };
}

function toLambdaAuthorizer(scope: Construct, spec: AuthorizationOf<'lambda'>): AuthorizerSpec<Settings> {
  const { handler, cacheSeconds, identity, simpleResponses } = spec;
  return {
    kind: 'Lambda',
    settings: {
      authorizerType: 'REQUEST',
      identitySource: [...identity ?? DEFAULT_IDENTITY],
      authorizerPayloadFormatVersion: '2.0',
      authorizerResultTtlInSeconds: cacheSeconds,
      authorizerUri: authorizerUri(scope, handler),
      enableSimpleResponses: simpleResponses,
    },
    constructs: { authorizerUri: handler },
    handler,
  };
}
