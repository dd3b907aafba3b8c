import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { authorizerIdentity } from './rest-authorization';
import { LazyApiError } from '../../private/errors';
import { AuthorizationSpec, DEFAULT_AUTHORIZER_CACHE } from '../api-authorization';
import { authorizerId, authorizerName } from '../authorizer-id';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_AUTHORIZERS = 10;

/** What a method says of its authorization. */
export type MethodAuthorization = Pick<apigateway.MethodOptions, 'authorizationType' | 'authorizer' | 'authorizationScopes'>;

/** The authorizers of one REST API: a resource for each that differs, however many methods use it. */
export class RestAuthorizers {
  private readonly authorizers = new Map<string, apigateway.CfnAuthorizer>();

  constructor(private readonly scope: Construct, private readonly api: apigateway.IRestApi) {}

  public authorize(spec: AuthorizationSpec): MethodAuthorization {
    switch (spec.kind) {
      case 'none': return methodAuthorization(apigateway.AuthorizationType.NONE);
      case 'iam': return methodAuthorization(apigateway.AuthorizationType.IAM);
      case 'cognito': return {
        ...methodAuthorization(apigateway.AuthorizationType.COGNITO, this.cognito(spec)),
        ...spec.scopes.length > 0 && { authorizationScopes: [...spec.scopes] },
      };
      case 'lambda': return methodAuthorization(apigateway.AuthorizationType.CUSTOM, this.lambda(spec));
      case 'jwt': throw new LazyApiError('AUTHORIZATION', 'a REST API knows no JWT authorizer');
    }
  }

  private cognito({ userPool }: Extract<AuthorizationSpec, { kind: 'cognito' }>): string {
    return this.authorizer('Cognito', {
      type: 'COGNITO_USER_POOLS',
      identitySource: 'method.request.header.Authorization',
      providerArns: [userPool.userPoolArn],
    }).ref;
  }

  private lambda({ handler, options }: Extract<AuthorizationSpec, { kind: 'lambda' }>): string {
    const authorizer = this.authorizer('Lambda', {
      type: 'REQUEST',
      identitySource: authorizerIdentity(options).join(',') || undefined,
      authorizerResultTtlInSeconds: (options.cache ?? DEFAULT_AUTHORIZER_CACHE).toSeconds(),
      authorizerUri: `arn:${Stack.of(this.scope).partition}:apigateway:${Stack.of(handler).region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`,
    });
    const permission = `${authorizer.node.id}Permission`;
    if (!this.scope.node.tryFindChild(permission)) {
      handler.addPermission(permission, {
        scope: this.scope,
        principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: Stack.of(this.scope).formatArn({ service: 'execute-api', resource: this.api.restApiId, resourceName: `authorizers/${authorizer.ref}` }),
      });
    }
    return authorizer.ref;
  }

  private authorizer(kind: string, props: Omit<apigateway.CfnAuthorizerProps, 'restApiId' | 'name'>): apigateway.CfnAuthorizer {
    const id = authorizerId(this.scope, kind, props);
    const known = this.authorizers.get(id);
    if (known) return known;
    if (this.authorizers.size === MOST_AUTHORIZERS) {
      throw new LazyApiError('AUTHORIZATION', `a REST API has at most ${MOST_AUTHORIZERS} authorizers; let routers share them, or divide the routers into several APIs`);
    }
    const name = authorizerName(this.scope, id);
    const authorizer = new apigateway.CfnAuthorizer(this.scope, id, { ...props, restApiId: this.api.restApiId, name });
    this.authorizers.set(id, authorizer);
    return authorizer;
  }
}

/** An empty authorizer keeps an existing API's default authorizer away. */
function methodAuthorization(authorizationType: apigateway.AuthorizationType, id = ''): MethodAuthorization {
  return { authorizationType, authorizer: { authorizerId: id, authorizationType } };
}
