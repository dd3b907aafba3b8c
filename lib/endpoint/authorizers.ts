import { createHash } from 'crypto';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { identityOf, pathFrom } from './identity';
import type { EndpointRoute } from './route-plan';
import { LazyApiError } from '../private/errors';

/**
 * The quota is the same for both kinds of API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const MOST_AUTHORIZERS = 10;

/** The authorizers of one API. Routes with equal settings share one resource. */
export class Authorizers<A extends CfnResource> {
  private readonly authorizers = new Map<string, A>();

  constructor(private readonly scope: Construct, private readonly kindOfApi: string) {}

  /**
   * Returns the authorizer of a route: an existing one with equal settings, or a new one. The id derives from the settings, so that adding a router
   * never replaces the authorizers of other routers.
   */
  public obtain(kind: string, { firstPrefix }: EndpointRoute, settings: object, create: (id: string, name: string) => A): A {
    const identity = identityOf(settings, { pathOf: (construct) => pathFrom(this.scope, construct), opaque: firstPrefix });
    let authorizer = this.authorizers.get(identity);
    if (!authorizer) {
      this.checkCount();
      const id = `${kind}Authorizer${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
      // Names are unique within an API, and another function may add an authorizer with the same settings to the same API.
      this.authorizers.set(identity, (authorizer = create(id, `${id}-${this.scope.node.addr.slice(-8)}`)));
    }
    return authorizer;
  }

  private checkCount(): void {
    if (this.authorizers.size < MOST_AUTHORIZERS) return;
    throw new LazyApiError('AUTHORIZATION', `${this.kindOfApi} has at most ${MOST_AUTHORIZERS} authorizers; `
      + 'let routers share them, or divide the routers into several APIs');
  }
}

/** The URI by which API Gateway invokes an authorizer function. */
export function authorizerUri(scope: Construct, handler: IFunction): string {
  const integration = `apigateway:${Stack.of(handler).region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`;
  return `arn:${Stack.of(scope).partition}:${integration}`;
}

/** Allows API Gateway to invoke the function for this authorizer alone. */
export function allowAuthorizer(scope: Construct, handler: IFunction, apiId: string, authorizer: CfnResource): void {
  handler.addPermission(`${authorizer.node.id}Permission`, {
    scope,
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(scope).formatArn({ service: 'execute-api', resource: apiId, resourceName: `authorizers/${authorizer.ref}` }),
  });
}
