import { createHash } from 'crypto';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { identityOf, pathFrom } from './identity';
import { allowAuthorizer } from './invoke-permissions';
import type { EndpointRoute } from './route-plan';
import { LazyApiError } from '../private/errors';

/**
 * The quota is the same for both kinds of API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const MOST_AUTHORIZERS = 10;

/** The API that the authorizers belong to. `S` is the type of its authorizers' settings. */
export interface AuthorizedApi<S> {
  readonly apiId: string;
  readonly kind: 'an HTTP API' | 'a REST API';
  createAuthorizer(id: string, name: string, settings: S): CfnResource;
}

/** The authorizer that a route needs. */
export interface AuthorizerSpec<S> {
  readonly kind: 'Jwt' | 'Cognito' | 'Lambda';
  readonly settings: S;
  /** The constructs that settings refer to, by setting. Constructs can be compared, but references to them cannot. */
  readonly constructs?: { readonly [setting in keyof S]?: unknown };
  /** The function that API Gateway invokes for the authorizer, if any. */
  readonly handler?: IFunction;
}

/** The authorizers of one API. Routes with equal settings share one resource. */
export class Authorizers<S extends object> {
  private readonly refs = new Map<string, string>();

  constructor(private readonly scope: Construct, private readonly api: AuthorizedApi<S>) {}

  /** Returns a reference to the authorizer of a route: an existing one with equal settings, or a new one. */
  public obtain({ firstPrefix }: EndpointRoute, spec: AuthorizerSpec<S>): string {
    const compared = { ...spec.settings, ...spec.constructs };
    const identity = identityOf(compared, { pathOf: (construct) => pathFrom(this.scope, construct), opaque: firstPrefix });
    const ref = this.refs.get(identity) ?? this.create(identity, spec).ref;
    this.refs.set(identity, ref);
    return ref;
  }

  /** The id derives from the settings, so that adding a router never replaces the authorizers of other routers. */
  private create(identity: string, { kind, settings, handler }: AuthorizerSpec<S>): CfnResource {
    this.checkCount();
    const id = `${kind}Authorizer${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
    // Names are unique within an API, and another function may add an authorizer with the same settings to the same API.
    const authorizer = this.api.createAuthorizer(id, `${id}-${this.scope.node.addr.slice(-8)}`, settings);
    if (handler) allowAuthorizer(this.scope, handler, this.api.apiId, authorizer);
    return authorizer;
  }

  private checkCount(): void {
    if (this.refs.size < MOST_AUTHORIZERS) return;
    throw new LazyApiError('AUTHORIZATION', `${this.api.kind} has at most ${MOST_AUTHORIZERS} authorizers; `
      + 'share authorizers between routers, or divide the routers into several APIs');
  }
}

/** The URI by which API Gateway invokes an authorizer function. */
export function authorizerUri(scope: Construct, handler: IFunction): string {
  const integration = `apigateway:${Stack.of(handler).region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`;
  return `arn:${Stack.of(scope).partition}:${integration}`;
}
