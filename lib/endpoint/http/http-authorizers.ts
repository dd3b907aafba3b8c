import { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LazyApiError } from '../../private/errors';
import { AuthorizationSpec, DEFAULT_AUTHORIZER_CACHE } from '../api-authorization';
import { authorizerId, authorizerName } from '../authorizer-id';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_AUTHORIZERS = 10;

/** With the route and the method, so that an answer that is remembered for one never holds for another. */
const DEFAULT_IDENTITY = ['$request.header.Authorization', '$context.routeKey', '$context.httpMethod'];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
const IDENTITY = /^\$(request\.(header|querystring)|context|stageVariables)\.[^\s,]+$/;

/** What an HTTP API's authorizers cannot do, and what to do instead. */
export function refuseHttpAuthorization(spec: AuthorizationSpec): string | undefined {
  if (spec.kind === 'cognito' && spec.clients.length === 0) {
    return 'an HTTP API must know for which clients of the user pool tokens are issued; set userPoolClients';
  }
  const odd = spec.kind === 'lambda' ? spec.options.identity?.find((source) => !IDENTITY.test(source)) : undefined;
  return odd === undefined ? undefined : `identity must be in the words of HTTP APIs, like "$request.header.Authorization" or "$context.routeKey", got "${odd}"`;
}

/** What a route says of its authorization. */
export type RouteAuthorization = Pick<apigwv2.CfnRouteProps, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

/** The authorizers of one HTTP API: a resource for each that differs, however many routes use it. */
export class HttpAuthorizers {
  private readonly authorizers = new Map<string, apigwv2.CfnAuthorizer>();

  constructor(private readonly scope: Construct, private readonly api: apigwv2.IHttpApi) {}

  public authorize(spec: AuthorizationSpec): RouteAuthorization {
    switch (spec.kind) {
      case 'none': return { authorizationType: 'NONE' };
      case 'iam': return { authorizationType: 'AWS_IAM' };
      case 'jwt': return this.jwt(spec.issuer, spec.audience, spec.scopes);
      case 'cognito': return this.jwt(
        `https://${spec.userPool.userPoolProviderName}`,
        spec.clients.map(({ userPoolClientId }) => userPoolClientId),
        spec.scopes,
      );
      case 'lambda': return { authorizationType: 'CUSTOM', authorizerId: this.lambda(spec) };
    }
  }

  private jwt(issuer: string, audience: readonly string[], scopes: readonly string[]): RouteAuthorization {
    const authorizer = this.authorizer('Jwt', {
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [...audience] },
    });
    return { authorizationType: 'JWT', authorizerId: authorizer.ref, ...scopes.length > 0 && { authorizationScopes: [...scopes] } };
  }

  private lambda({ handler, options }: Extract<AuthorizationSpec, { kind: 'lambda' }>): string {
    const authorizer = this.authorizer('Lambda', {
      authorizerType: 'REQUEST',
      identitySource: options.identity ?? DEFAULT_IDENTITY,
      authorizerPayloadFormatVersion: '2.0',
      authorizerResultTtlInSeconds: (options.cache ?? DEFAULT_AUTHORIZER_CACHE).toSeconds(),
      authorizerUri: `arn:${Stack.of(this.scope).partition}:apigateway:${Stack.of(handler).region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`,
      enableSimpleResponses: options.simpleResponses ?? false,
    });
    const permission = `${authorizer.node.id}Permission`;
    if (!this.scope.node.tryFindChild(permission)) {
      handler.addPermission(permission, {
        scope: this.scope,
        principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: Stack.of(this.scope).formatArn({ service: 'execute-api', resource: this.api.apiId, resourceName: `authorizers/${authorizer.ref}` }),
      });
    }
    return authorizer.ref;
  }

  private authorizer(kind: string, props: Omit<apigwv2.CfnAuthorizerProps, 'apiId' | 'name'>): apigwv2.CfnAuthorizer {
    const id = authorizerId(this.scope, kind, props);
    const known = this.authorizers.get(id);
    if (known) return known;
    if (this.authorizers.size === MOST_AUTHORIZERS) {
      throw new LazyApiError('AUTHORIZATION', `an HTTP API has at most ${MOST_AUTHORIZERS} authorizers; let routers share them, or divide the routers into several APIs`);
    }
    const authorizer = new apigwv2.CfnAuthorizer(this.scope, id, { ...props, apiId: this.api.apiId, name: authorizerName(this.scope, id) });
    this.authorizers.set(id, authorizer);
    return authorizer;
  }
}
