/**
 * The router that must handle a request and the path that it must receive, or the expected refusal. Based on the documentation of the construct and
 * of API Gateway, without code of the library.
 */
import { Api, GatewayRoute, isGreedy, Router, segmentsOf } from './api';
import { cut, decode, isDecoding } from './gateway';

export type Expected =
  | {
    readonly router: Router;
    /** The bytes of the segments that a fetch router receives. Undefined if the event does not identify them. */
    readonly sees: readonly string[] | undefined;
    /** Whether one of the segments is `.` or `..`. */
    readonly dots: boolean;
  }
  /** The event does not identify the router among these, which have equal authorization. */
  | { readonly oneOf: readonly string[] }
  | { readonly refusal: { readonly status: number; readonly code: string } };

const REFUSED: Expected = { refusal: { status: 400, code: 'PATH_REFUSED' } };
const UNKNOWN: Expected = { refusal: { status: 404, code: 'ROUTE_UNKNOWN' } };

export function expectedOf(api: Api, route: GatewayRoute, path: string): Expected {
  const byPath = route.path === '$default' || isGreedy(route);
  const text = isDecoding(api.door) ? cut(decode(path)) : path;
  if (byPath && (!isValid(api, path) || text.split('/').some((segment) => isDots(api, segment)))) return REFUSED;
  const named = route.path === '$default' ? 0 : segmentsOf(route.path).filter((segment) => segment !== '{proxy+}').length;
  const told = isTold(api, path, named);
  if (isGreedy(route) && !told) return { oneOf: route.owners };
  const segments = apiSegments(api, path, named);
  const owner = byPath ? longest(route.owners, segments.map(({ decoded }) => decoded)) : route.owners[0];
  const router = api.routers.find(({ prefix }) => prefix === owner);
  if (!router) return UNKNOWN;
  const seen = segments.slice(router.stripPrefix ? segmentsOf(router.prefix).length : 0);
  const sees = seen.map(({ sent }) => (isDecoding(api.door) ? utf8(sent) : bytesOf(sent)));
  return { router, sees: told ? sees : undefined, dots: sees.some((segment) => segment === '.' || segment === '..') };
}

/** HTTP APIs decode the path. A `?` or a slash in a route variable then hides where the API's own path starts, or its rest. */
function isTold({ door }: Api, path: string, named: number): boolean {
  return !isDecoding(door) || !path.slice(1).split('/').slice(0, named).some((text) => /[/?]/.test(decode(text)));
}

/** The decoded text as latin1. Invalid sequences stay unchanged. */
export function bytesOf(text: string): string {
  return utf8(text).replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

interface Segment {
  /** The segment as in a router's URL. */
  readonly sent: string;
  readonly decoded: string;
}

/** A route variable is one segment, whatever it decodes to. Below the route, a slash that an HTTP API decodes is a separator. */
function apiSegments(api: Api, path: string, named: number): Segment[] {
  const sent = path.slice(1).split('/');
  if (!isDecoding(api.door)) return sent.map((text) => ({ sent: text, decoded: decode(text) }));
  const whole = sent.slice(0, named).map((text) => cut(decode(text)));
  const rest = sent.length > named ? cut(decode(sent.slice(named).join('/'))).split('/') : [];
  return [...whole, ...rest].map((text) => ({ sent: text, decoded: text }));
}

function isValid(api: Api, path: string): boolean {
  try {
    return isDecoding(api.door) || decodeURIComponent(path) !== undefined;
  } catch {
    return false;
  }
}

function isDots(api: Api, segment: string): boolean {
  return ['.', '..'].includes(isDecoding(api.door) ? segment : decode(segment));
}

/** The prefix with the most segments that match the start of the path. Literals come before parameters, from the left. */
export function longest(prefixes: readonly string[], segments: readonly string[]): string | undefined {
  const fits = (prefix: string) => segmentsOf(prefix).every((text, i) => (text.startsWith('{') ? segments[i] !== undefined && segments[i] !== '' : segments[i] === text));
  const rank = (prefix: string) => segmentsOf(prefix).map((text) => (text.startsWith('{') ? 1 : 2)).join('');
  return prefixes.filter(fits).sort((a, b) => rank(b).length - rank(a).length || (rank(b) > rank(a) ? 1 : -1))[0];
}
