import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiAuthorization, AuthorizationSpec, leavesContext } from './api-authorization';
import type { RouteOptions } from './api-gateway-options';
import { identityOf } from './identity';
import { EndpointTraits, PLAIN_ENDPOINT, PreflightHeaders } from '../contract/endpoint';
import { LazyApiError } from '../private/errors';
import { PlannedRoute, planRoutes, RouteClaim, RouteLimits } from '../routing/plan-routes';
import type { ParsedPrefix } from '../routing/prefix';
import { isProblem } from '../routing/problem';

/** What a kind of endpoint supports. */
export interface EndpointKind {
  readonly limits: RouteLimits;
  /** The options of single routes that it does not support, each with what to do instead. */
  readonly refusedRouteOptions: { readonly [option in keyof RouteOptions]?: string };
  /** What one route, including its preflight route, adds to the count that `limits` restricts. */
  readonly routeCost: number;
  /** The function's response to preflight requests that reach it. */
  readonly preflight?: PreflightHeaders;
  /** Returns what is wrong with an authorization, and what to do instead. Undefined if the endpoint supports the authorization. */
  authorizationProblem(authorization: AuthorizationSpec): string | undefined;
}

/** The options of single routes that no kind of existing API supports. */
export const REFUSED_BY_EXISTING_API: EndpointKind['refusedRouteOptions'] = {
  throttle: 'is not supported: the stage of the API controls throttling, so set it there',
};

/** A route, with the settings that apply to all routers behind it. */
export interface EndpointRoute extends PlannedRoute {
  readonly authorization: AuthorizationSpec;
  /**
   * The first prefix with exactly this authorization. It stands for the tokens in the authorization that synthesis cannot compare with other tokens.
   */
  readonly firstPrefix: string;
  readonly throttle?: ThrottleSettings;
  readonly apiKeyRequired?: boolean;
}

export interface RoutePlan {
  readonly routes: readonly EndpointRoute[];
  /** What the function must know about the routes. */
  readonly traits: EndpointTraits;
}

/** The options that determine the routes. */
export interface RoutesOptions {
  readonly authorization?: ApiAuthorization;
  readonly routes?: { readonly [prefix: string]: RouteOptions };
}

interface Claim extends RouteClaim {
  readonly options: RouteOptions;
  readonly spec: AuthorizationSpec;
  readonly firstPrefix: string;
}

/** Plans the routes of an endpoint, from the same prefixes as the runtime's route table. */
export function planEndpointRoutes(prefixes: readonly ParsedPrefix[], options: RoutesOptions, kind: EndpointKind): RoutePlan {
  const claims = claimRoutes(prefixes, options, kind);
  const routes = planRoutes(claims, kind.limits);
  if (isProblem(routes)) throw new LazyApiError(routes.code, `endpoint: ${routes.message}`);
  const byPrefix = new Map(claims.map((claim) => [claim.prefix, claim]));
  return {
    routes: routes.map((route) => {
      const { spec, firstPrefix, options: { throttle, apiKeyRequired } } = byPrefix.get(route.prefixes[0])!;
      return { ...route, authorization: spec, firstPrefix, throttle, apiKeyRequired };
    }),
    traits: {
      ...PLAIN_ENDPOINT,
      ...kind.preflight && { preflight: kind.preflight },
      greedyRoutes: Object.fromEntries(routes.filter(({ greedy }) => greedy).map(({ path, prefixes: behind }) => [path, behind])),
      authorizedPrefixes: claims.filter(({ spec }) => leavesContext(spec)).map(({ prefix }) => prefix),
    },
  };
}

function claimRoutes(prefixes: readonly ParsedPrefix[], { routes: own = {}, authorization }: RoutesOptions, kind: EndpointKind): Claim[] {
  checkKeys(own, prefixes);
  const common = (authorization ?? ApiAuthorization.iam())._spec;
  checkAuthorization('authorization', common, kind);
  const firstPrefixes = new Map<AuthorizationSpec, string>();
  return prefixes.map((parsed) => {
    const { prefix } = parsed;
    const options = own[prefix] ?? {};
    const spec = own[prefix]?.authorization?._spec ?? common;
    checkRoute(`routes["${prefix}"]`, options, kind);
    checkAuthorization(`routes["${prefix}"].authorization`, spec, kind);
    const firstPrefix = firstPrefixes.get(spec) ?? prefix;
    firstPrefixes.set(spec, firstPrefix);
    return {
      ...parsed,
      options,
      spec,
      firstPrefix,
      authorization: identityOf(spec, { pathOf: ({ node }) => node.path, opaque: firstPrefix }),
      ownRoutes: options.throttle !== undefined || options.apiKeyRequired !== undefined,
      cost: kind.routeCost,
    };
  });
}

function checkKeys(own: { readonly [prefix: string]: RouteOptions }, prefixes: readonly ParsedPrefix[]): void {
  const known = prefixes.map(({ prefix }) => prefix);
  const unknown = Object.keys(own).find((prefix) => !known.includes(prefix));
  if (unknown !== undefined) {
    throw new LazyApiError('ROUTE_UNMATCHED', `routes["${unknown}"] must be the prefix of a router; the prefixes are ${known.join(', ')}`);
  }
}

function checkRoute(label: string, options: RouteOptions, { refusedRouteOptions }: EndpointKind): void {
  for (const [option, instead] of Object.entries(refusedRouteOptions)) {
    if (options[option as keyof RouteOptions] !== undefined) throw new LazyApiError('ROUTE_OPTION', `${label}.${option} ${instead}`);
  }
}

function checkAuthorization(label: string, spec: AuthorizationSpec, kind: EndpointKind): void {
  const problem = kind.authorizationProblem(spec);
  if (problem !== undefined) throw new LazyApiError('AUTHORIZATION', `${label}: ${problem}`);
}
