import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiAuthorization, AuthorizationSpec, leavesContext } from './api-authorization';
import type { RouteOptions } from './api-gateway-options';
import { identityOf } from './identity';
import { EndpointTraits, PLAIN_ENDPOINT, PreflightHeaders } from '../contract/endpoint';
import { LazyApiError } from '../private/errors';
import { findConflicts } from '../routing/conflicts';
import { PlannedRoute, planRoutes, RouteClaim, RouteLimits } from '../routing/plan-routes';
import { ParsedPrefix, parsePrefix } from '../routing/prefix';
import { isProblem } from '../routing/problem';

/** What a kind of endpoint can do. */
export interface EndpointKind {
  readonly limits: RouteLimits;
  /** The options of single routes that it does not know, each with what to do instead. */
  readonly refusedRouteOptions: { readonly [option in keyof RouteOptions]?: string };
  /** What one route, with the preflight route beside it, adds to the count that `limits` limits. */
  readonly routeCost: number;
  /** What the function answers preflight requests with, where they reach it. */
  readonly preflight?: PreflightHeaders;
  /** What is wrong with an authorization, and what to do instead, where it does not know such. */
  refuseAuthorization(authorization: AuthorizationSpec): string | undefined;
}

/** A route, with what holds for all routers behind it. */
export interface EndpointRoute extends PlannedRoute {
  readonly authorization: AuthorizationSpec;
  readonly throttle?: ThrottleSettings;
  readonly apiKeyRequired?: boolean;
}

export interface EndpointPlan {
  readonly routes: readonly EndpointRoute[];
  /** What the function must know of them. */
  readonly traits: EndpointTraits;
}

/** The options that decide about routes. */
export interface RoutesOptions {
  readonly authorization?: ApiAuthorization;
  readonly routes?: { readonly [prefix: string]: RouteOptions };
}

interface Claim extends RouteClaim {
  readonly options: RouteOptions;
  readonly spec: AuthorizationSpec;
}

/** Which routes an endpoint gets: from the same prefixes as the runtime's route table. */
export function planEndpoint(prefixes: readonly string[], options: RoutesOptions, kind: EndpointKind): EndpointPlan {
  const parsed = parsePrefixes(prefixes);
  const own = options.routes ?? {};
  refuseUnknownPrefixes(own, prefixes);
  const common = (options.authorization ?? ApiAuthorization.iam())._spec;
  refuseAuthorization('authorization', common, kind);
  const specs = parsed.map(({ prefix }) => own[prefix]?.authorization?._spec ?? common);
  const claims = parsed.map((prefix, i): Claim => {
    const spec = specs[i];
    // Tokens that cannot be compared are equal only within one ApiAuthorization.
    const authorization = identityOf(spec, { pathOf: ({ node }) => node.path, opaque: String(specs.indexOf(spec)) });
    return { ...claimRoutes(prefix, own[prefix.prefix] ?? {}, kind), spec, authorization };
  });
  claims.forEach(({ prefix, spec }) => refuseAuthorization(`routes["${prefix}"].authorization`, spec, kind));

  const routes = planRoutes(claims, kind.limits);
  if (!Array.isArray(routes)) throw new LazyApiError(routes.code, `endpoint: ${routes.message}`);
  const byPrefix = new Map(claims.map((claim) => [claim.prefix, claim]));
  return {
    routes: routes.map((route) => {
      const { spec, options: { throttle, apiKeyRequired } } = byPrefix.get(route.prefixes[0])!;
      return { ...route, authorization: spec, throttle, apiKeyRequired };
    }),
    traits: {
      ...PLAIN_ENDPOINT,
      ...kind.preflight && { preflight: kind.preflight },
      greedyRoutes: Object.fromEntries(routes.filter(({ greedy }) => greedy).map(({ path, prefixes: behind }) => [path, behind])),
      authorizedPrefixes: claims.filter(({ spec }) => leavesContext(spec)).map(({ prefix }) => prefix),
    },
  };
}

function claimRoutes(parsed: ParsedPrefix, options: RouteOptions, kind: EndpointKind): Omit<Claim, 'spec' | 'authorization'> {
  const label = `routes["${parsed.prefix}"]`;
  for (const [option, instead] of Object.entries(kind.refusedRouteOptions)) {
    if (options[option as keyof RouteOptions] !== undefined) throw new LazyApiError('ROUTE_OPTION', `${label}.${option} ${instead}`);
  }
  return {
    ...parsed,
    options,
    ownRoutes: options.throttle !== undefined || options.apiKeyRequired !== undefined,
    cost: kind.routeCost,
  };
}

function refuseAuthorization(label: string, spec: AuthorizationSpec, kind: EndpointKind): void {
  const instead = kind.refuseAuthorization(spec);
  if (instead !== undefined) throw new LazyApiError('AUTHORIZATION', `${label}: ${instead}`);
}

function refuseUnknownPrefixes(own: { readonly [prefix: string]: RouteOptions }, prefixes: readonly string[]): void {
  const unknown = Object.keys(own).find((prefix) => !prefixes.includes(prefix));
  if (unknown !== undefined) {
    throw new LazyApiError('ROUTE_UNMATCHED', `routes["${unknown}"] is the prefix of no router; the prefixes are ${prefixes.join(', ')}`);
  }
}

function parsePrefixes(prefixes: readonly string[]): ParsedPrefix[] {
  const parsed = prefixes.map((prefix) => {
    const result = parsePrefix(prefix);
    if (isProblem(result)) throw new LazyApiError(result.code, `prefixes: ${result.message}`);
    return result;
  });
  const [conflict] = findConflicts(parsed);
  if (conflict) throw new LazyApiError(conflict.code, `prefixes: ${conflict.message}`);
  return parsed;
}
