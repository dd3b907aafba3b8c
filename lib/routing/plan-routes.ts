/**
 * Plans the routes of an endpoint for the routers' prefixes: a pair for each prefix, and if the endpoint cannot hold them all, a greedy route for
 * several routers. A route has one authorization, so only routers with equal authorization share a route.
 */
import { isParam, ParsedPrefix, Segment } from './prefix';
import { isProblem, Problem } from './problem';
import { greedyPath, routePaths } from './route-paths';

/** A prefix, and what its routes need. */
export interface RouteClaim extends ParsedPrefix {
  /** Who may call it. Equal texts mean equal authorizations. */
  readonly authorization: string;
  /** Whether its routes have separate settings, such as a throttle. */
  readonly ownRoutes: boolean;
  /** What each of its routes adds to the count of the endpoint. */
  readonly cost: number;
}

/** The limits of an endpoint. */
export interface RouteLimits {
  /** The maximum cost of all routes together. */
  readonly most: number;
  /** What is counted, in words: `routes of an HTTP API`. */
  readonly unit: string;
  /** REST APIs are trees of resources. Each resource also counts, and has at most one variable child, including `{proxy+}`. */
  readonly oneVariableChild: boolean;
}

export interface PlannedRoute {
  readonly path: string;
  /** The routers behind it. A greedy route may have several, between which the path decides. */
  readonly prefixes: readonly string[];
  readonly greedy: boolean;
}

export function planRoutes(claims: readonly RouteClaim[], limits: RouteLimits): PlannedRoute[] | Problem {
  const merges = limits.oneVariableChild ? mergeVariableChildren(claims) : [];
  if (isProblem(merges)) return merges;
  const absorbed = new Map(merges.flatMap(({ parent, members }) => members.map(({ prefix }) => [prefix, pathOf(parent)])));
  const routes = [
    ...claims.flatMap(({ prefix }) => {
      const [exact, below] = routePaths(prefix);
      const parent = absorbed.get(prefix);
      const own = parent === undefined ? [exact, below] : parent === prefix ? [exact] : [];
      return own.map((path) => ({ path, prefixes: [prefix], greedy: false }));
    }),
    ...merges.map(({ parent, members }) => greedyRoute(pathOf(parent), members)),
  ];
  const cost = costOf(routes, claims) + (limits.oneVariableChild ? treeSize(routes) : 0);
  return cost <= limits.most ? routes : greedyRoutes(claims, cost, limits);
}

function costOf(routes: readonly PlannedRoute[], claims: readonly RouteClaim[]): number {
  const costs = new Map(claims.map(({ prefix, cost }) => [prefix, cost]));
  return routes.reduce((sum, { prefixes }) => sum + costs.get(prefixes[0])!, 0);
}

/** The number of resources below the root, including those on the way to a route. */
function treeSize(routes: readonly PlannedRoute[]): number {
  return new Set(routes.flatMap(({ path }) => {
    const parts = path.split('/').filter((part) => part !== '');
    return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  })).size;
}

/** One greedy route for all prefixes, below their common start. */
function greedyRoutes(claims: readonly RouteClaim[], cost: number, { most, unit }: RouteLimits): PlannedRoute[] | Problem {
  const odd = findOdd(claims);
  if (odd) {
    return {
      code: 'ROUTES_TOO_MANY',
      message: `${claims.length} routers need ${cost} ${unit}, but at most ${most} are allowed; `
        + `a single greedy route cannot serve them all, because ${odd}; `
        + 'give all routers the same authorization and no separate settings, or divide them into several APIs',
    };
  }
  const base = `/${commonLiterals(claims.map(({ segments }) => segments)).join('/')}`;
  const exact = claims.filter(({ prefix }) => prefix === base).map(() => ({ path: base, prefixes: [base], greedy: false }));
  return [...exact, greedyRoute(base, claims)];
}

function greedyRoute(base: string, claims: readonly RouteClaim[]): PlannedRoute {
  return { path: greedyPath(base), prefixes: claims.map(({ prefix }) => prefix), greedy: true };
}

/** Why these routers cannot share a route. Undefined if they can. */
function findOdd(claims: readonly RouteClaim[]): string | undefined {
  const own = claims.find(({ ownRoutes }) => ownRoutes);
  if (own) return `"${own.prefix}" has separate settings`;
  const [first] = claims;
  const other = claims.find(({ authorization }) => authorization !== first.authorization);
  return other && `"${first.prefix}" and "${other.prefix}" have different authorizations`;
}

/** The routers that only `parent/{proxy+}` can serve, because the parent would get two variable children. */
interface Merge {
  readonly parent: readonly Segment[];
  /** The parent, if it is a router, and all routers below its variable children. */
  readonly members: readonly RouteClaim[];
}

/** Shortest parents first, because the prefixes that one of them absorbs need no separate resources. */
function mergeVariableChildren(claims: readonly RouteClaim[]): Merge[] | Problem {
  const merges: Merge[] = [];
  for (const parent of parentsOf(claims)) {
    if (merges.some((merge) => isBelowVariable(parent, merge.parent))) continue;
    const self = claims.filter(({ prefix }) => prefix === pathOf(parent));
    const below = claims.filter(({ segments }) => isBelowVariable(segments, parent));
    const variables = new Set(below.map(({ segments }) => textOf(segments[parent.length])));
    if (variables.size + self.length < 2) continue;
    const members = [...self, ...below];
    const odd = findOdd(members);
    if (odd) return oneVariableChild(members, odd, pathOf(parent));
    merges.push({ parent, members });
  }
  return merges;
}

function isBelowVariable(segments: readonly Segment[], parent: readonly Segment[]): boolean {
  const next = segments[parent.length];
  return next !== undefined && isParam(next) && parent.every((segment, i) => textOf(segments[i]) === textOf(segment));
}

function oneVariableChild([a, b]: readonly RouteClaim[], odd: string, parent: string): Problem {
  return {
    code: 'ROUTES_ONE_VARIABLE_CHILD',
    message: `"${a.prefix}" and "${b.prefix}" need two variable children below "${parent}", but a REST API allows only one, `
      + `and "${greedyPath(parent)}" cannot serve both, because ${odd}; give them the same authorization and no separate settings, `
      + 'change one prefix, or use ApiEndpoint.http',
  };
}

/** All paths that have a child resource, shortest first. */
function parentsOf(claims: readonly RouteClaim[]): ReadonlyArray<readonly Segment[]> {
  const parents = new Map<string, readonly Segment[]>();
  for (const { segments } of claims) {
    for (let length = 0; length <= segments.length; length++) parents.set(pathOf(segments.slice(0, length)), segments.slice(0, length));
  }
  return [...parents.values()].sort((a, b) => a.length - b.length);
}

/** The literal segments that all prefixes begin with. */
function commonLiterals([first, ...others]: ReadonlyArray<readonly Segment[]>): string[] {
  const end = first.findIndex((segment, i) => isParam(segment) || others.some((other) => !other[i] || textOf(other[i]) !== textOf(segment)));
  return first.slice(0, end < 0 ? first.length : end).map(textOf);
}

function pathOf(segments: readonly Segment[]): string {
  return `/${segments.map(textOf).join('/')}`;
}

function textOf(segment: Segment): string {
  return isParam(segment) ? `{${segment.param}}` : segment.literal;
}
