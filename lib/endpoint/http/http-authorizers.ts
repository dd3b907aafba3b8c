import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { startsWithToken } from '../../private/tokens';
import { AuthorizationSpec } from '../api-authorization';
import { allowAuthorizer, Authorizers, authorizerUri } from '../authorizers';
import type { EndpointRoute } from '../route-plan';

/** With the route and the method, so that an answer that is remembered for one never holds for another. */
const DEFAULT_IDENTITY = ['$request.header.Authorization', '$context.routeKey', '$context.httpMethod'];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
const IDENTITY = /^\$(request\.(header|querystring)|context|stageVariables)\.[^\s,]+$/;

/** What an HTTP API's authorizers cannot do, and what to do instead. */
export function httpAuthorizationProblem(spec: AuthorizationSpec): string | undefined {
  if (spec.kind === 'cognito' && spec.clients.length === 0) {
    return 'an HTTP API must know for which clients of the user pool tokens are issued; set userPoolClients';
  }
  const odd = spec.kind === 'lambda' ? spec.identity?.find((source) => !startsWithToken(source) && !IDENTITY.test(source)) : undefined;
  return odd === undefined ? undefined : `identity must be in the words of HTTP APIs, like "$request.header.Authorization" or "$context.routeKey", got "${odd}"`;
}

/** What a route says of its authorization. */
export type RouteAuthorization = Pick<apigwv2.CfnRouteProps, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

type Settings = Omit<apigwv2.CfnAuthorizerProps, 'apiId' | 'name'>;

/** The authorizers of one HTTP API. */
export class HttpAuthorizers {
  private readonly authorizers: Authorizers<apigwv2.CfnAuthorizer>;

  constructor(private readonly scope: Construct, private readonly api: apigwv2.IHttpApi) {
    this.authorizers = new Authorizers(scope, 'an HTTP API');
  }

  public authorize(route: EndpointRoute): RouteAuthorization {
    const spec = route.authorization;
    switch (spec.kind) {
      case 'none': return { authorizationType: 'NONE' };
      case 'iam': return { authorizationType: 'AWS_IAM' };
      case 'jwt': {
        const configuration = { issuer: spec.issuer, audience: [...spec.audience] };
        return this.jwt(route, configuration, configuration, spec.scopes);
      }
      case 'cognito': {
        const { userPool, clients } = spec;
        const audience = clients.map(({ userPoolClientId }) => userPoolClientId);
        const configuration = { issuer: `https://${userPool.userPoolProviderName}`, audience };
        return this.jwt(route, configuration, { issuer: userPool, audience: clients }, spec.scopes);
      }
      case 'lambda': return { authorizationType: 'CUSTOM', authorizerId: this.lambda(route, spec) };
    }
  }

  private jwt(
    route: EndpointRoute, jwtConfiguration: apigwv2.CfnAuthorizer.JWTConfigurationProperty, identity: object, scopes: readonly string[],
  ): RouteAuthorization {
    const settings: Settings = { authorizerType: 'JWT', identitySource: ['$request.header.Authorization'], jwtConfiguration };
    const authorizer = this.authorizers.obtain('Jwt', route, { ...settings, jwtConfiguration: identity }, this.create(settings));
    return { authorizationType: 'JWT', authorizerId: authorizer.ref, ...scopes.length > 0 && { authorizationScopes: [...scopes] } };
  }

  private lambda(route: EndpointRoute, { handler, cacheSeconds, identity, simpleResponses }: Extract<AuthorizationSpec, { kind: 'lambda' }>): string {
    const settings: Settings = {
      authorizerType: 'REQUEST',
      identitySource: [...identity ?? DEFAULT_IDENTITY],
      authorizerPayloadFormatVersion: '2.0',
      authorizerResultTtlInSeconds: cacheSeconds,
      authorizerUri: authorizerUri(this.scope, handler),
      enableSimpleResponses: simpleResponses,
    };
    return this.authorizers.obtain('Lambda', route, { ...settings, authorizerUri: handler }, (id, name) => {
      const authorizer = this.create(settings)(id, name);
      allowAuthorizer(this.scope, handler, this.api.apiId, authorizer);
      return authorizer;
    }).ref;
  }

  private create(settings: Settings): (id: string, name: string) => apigwv2.CfnAuthorizer {
    return (id, name) => new apigwv2.CfnAuthorizer(this.scope, id, { ...settings, apiId: this.api.apiId, name });
  }
}
