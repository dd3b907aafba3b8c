import { LocalRoute } from './local-endpoint';
import { decodePath } from '../../gateway/request-target';

export interface RouteMatch {
  readonly route: LocalRoute;
  /** The values of the variables of its path. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The specificity of a route, as digits that are compared from left to right. */
const [DEFAULT, GREEDY, FULL] = ['0', '1', '2'];
const [VARIABLE, LITERAL] = ['1', '2'];

/**
 * Finds the route for a request. A path that matches completely comes before a greedy one, and a greedy one before `$default`; a literal segment
 * comes before a variable, and a method before `ANY`. A trailing slash is ignored.
 *
 * @param path as sent. Segments are separated before they are decoded, so that an encoded slash does not separate segments
 * @param decodes whether the variables have decoded values, as those of an HTTP API
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute(routes: readonly LocalRoute[], method: string, path: string, decodes: boolean): RouteMatch | undefined {
  const sent = path.replace(/^\//, '').split('/');
  const segments = withoutTrailingSlash(sent.map(decodePath));
  const route = routes
    .filter((one) => (one.method === 'ANY' || one.method === method) && matches(one.path, segments))
    .sort((a, b) => compare(rankOf(b), rankOf(a)))[0];
  return route && { route, parameters: parametersOf(route.path, sent, decodes) };
}

function withoutTrailingSlash(segments: readonly string[]): readonly string[] {
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

function matches(declared: string, segments: readonly string[]): boolean {
  if (declared === '$default') return true;
  const { named, isGreedy } = patternOf(declared);
  const given = segments.length === 1 && segments[0] === '' ? [] : segments;
  if (isGreedy ? given.length <= named.length : given.length !== named.length) return false;
  return named.every((segment, i) => (isVariable(segment) ? given[i] !== '' : given[i] === segment));
}

function patternOf(declared: string): { readonly named: readonly string[]; readonly isGreedy: boolean } {
  const segments = declared.split('/').filter(Boolean);
  const isGreedy = segments.at(-1)?.endsWith('+}') ?? false;
  return { named: isGreedy ? segments.slice(0, -1) : segments, isGreedy };
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}

function rankOf({ method, path }: LocalRoute): readonly [path: string, method: string] {
  const ofMethod = method === 'ANY' ? '0' : '1';
  if (path === '$default') return [DEFAULT, ofMethod];
  const { named, isGreedy } = patternOf(path);
  return [(isGreedy ? GREEDY : FULL) + named.map((segment) => (isVariable(segment) ? VARIABLE : LITERAL)).join(''), ofMethod];
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  const i = a[0] === b[0] ? 1 : 0;
  return a[i] < b[i] ? -1 : Number(a[i] > b[i]);
}

/** An HTTP API decodes the values, and truncates them at a decoded `?`. A greedy variable omits a trailing slash. */
function parametersOf(declared: string, sent: readonly string[], decodes: boolean): Readonly<Record<string, string>> {
  const show = (text: string) => (decodes ? decodePath(text).split('?')[0] : text);
  const pairs = declared.split('/').filter(Boolean).flatMap((segment, i): Array<[string, string]> => {
    if (!isVariable(segment)) return [];
    if (!segment.endsWith('+}')) return [[segment.slice(1, -1), show(sent[i])]];
    return [[segment.slice(1, -2), show(sent.slice(i).join('/')).replace(/\/$/, '')]];
  });
  return Object.fromEntries(pairs);
}
