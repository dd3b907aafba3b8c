import { createHash } from 'crypto';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AuthorizationSpec } from './api-authorization';
import type { EndpointRoute } from './endpoint-plan';
import { identityOf, pathFrom } from './identity';
import { LazyApiError } from '../private/errors';

/**
 * The same quota for both kinds of API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const MOST_AUTHORIZERS = 10;

/** The authorizers of one API: a resource for each that differs, however many routes use it. */
export class Authorizers<A extends CfnResource> {
  private readonly authorizers = new Map<string, A>();
  /** By authorization: the first prefix that uses it. */
  private readonly firstPrefixes = new Map<AuthorizationSpec, string>();

  constructor(private readonly scope: Construct, private readonly kindOfApi: string) {}

  /**
   * The authorizer of a route: one that is there already where the settings are equal, else a new one. Its id is made of what it is, so that
   * another authorizer, wherever its router sorts, does not replace it.
   */
  public obtain(kind: string, { authorization, prefixes: [prefix] }: EndpointRoute, settings: object, create: (id: string, name: string) => A): A {
    const firstPrefix = this.firstPrefixes.get(authorization) ?? prefix;
    this.firstPrefixes.set(authorization, firstPrefix);
    const identity = identityOf(settings, { pathOf: (construct) => pathFrom(this.scope, construct), opaque: firstPrefix });
    let authorizer = this.authorizers.get(identity);
    if (!authorizer) {
      this.checkCount();
      const id = `${kind}Authorizer${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
      // An API has no two authorizers of one name, and another function may have put the same one there.
      this.authorizers.set(identity, (authorizer = create(id, `${id}-${this.scope.node.addr.slice(-8)}`)));
    }
    return authorizer;
  }

  private checkCount(): void {
    if (this.authorizers.size < MOST_AUTHORIZERS) return;
    throw new LazyApiError(
      'AUTHORIZATION', `${this.kindOfApi} has at most ${MOST_AUTHORIZERS} authorizers; let routers share them, or divide the routers into several APIs`,
    );
  }
}

/** The URI by which API Gateway invokes an authorizer function. */
export function authorizerUri(scope: Construct, handler: IFunction): string {
  return `arn:${Stack.of(scope).partition}:apigateway:${Stack.of(handler).region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`;
}

/** Allows API Gateway to invoke the function for this authorizer alone. */
export function allowAuthorizer(scope: Construct, handler: IFunction, apiId: string, authorizer: CfnResource): void {
  handler.addPermission(`${authorizer.node.id}Permission`, {
    scope,
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(scope).formatArn({ service: 'execute-api', resource: apiId, resourceName: `authorizers/${authorizer.ref}` }),
  });
}
