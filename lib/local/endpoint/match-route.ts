import { LocalRoute } from './local-endpoint';

export interface RouteMatch {
  readonly route: LocalRoute;
  /** The values of the variables of its path. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A literal segment comes before a variable, and a variable before a greedy one. */
const LITERAL = 0;
const VARIABLE = 1;
const GREEDY = 2;
const DEFAULT = [GREEDY + 1];

/**
 * Finds the route for a request: the path that is most specific segment by segment, and a method before `ANY`.
 *
 * @param path its segments as the API compares them: decoded by an HTTP API, as sent by a REST API
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute(routes: readonly LocalRoute[], method: string, path: string): RouteMatch | undefined {
  const segments = segmentsOf(path);
  const candidates = routes
    .filter((route) => route.method === 'ANY' || route.method === method)
    .flatMap((route) => {
      const parameters = parametersOf(route.path, segments);
      return parameters ? [{ route, parameters }] : [];
    });
  return candidates.sort((a, b) => compare(a.route, b.route))[0];
}

/** Undefined if the path does not match. A trailing slash is no segment of its own. */
function parametersOf(declared: string, segments: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (declared === '$default') return {};
  const pattern = segmentsOf(declared);
  const parameters: Record<string, string> = {};
  for (const [i, segment] of pattern.entries()) {
    const kind = kindOf(segment);
    if (segments[i] === undefined || segments[i] === '') return undefined;
    if (kind === GREEDY) return { ...parameters, [segment.slice(1, -2)]: segments.slice(i).join('/') };
    if (kind === LITERAL && segment !== segments[i]) return undefined;
    if (kind === VARIABLE) parameters[segment.slice(1, -1)] = segments[i];
  }
  return segments.length === pattern.length ? parameters : undefined;
}

function segmentsOf(path: string): string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

function kindOf(segment: string): number {
  if (!segment.startsWith('{')) return LITERAL;
  return segment.endsWith('+}') ? GREEDY : VARIABLE;
}

function compare(a: LocalRoute, b: LocalRoute): number {
  const [left, right] = [a, b].map(({ path }) => (path === '$default' ? DEFAULT : segmentsOf(path).map(kindOf)));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = (left[i] ?? LITERAL) - (right[i] ?? LITERAL);
    if (order !== 0) return order;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}
