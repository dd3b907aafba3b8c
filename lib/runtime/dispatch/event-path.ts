/** The path of an event, and what precedes the API's own part: a stage, or a base path mapping. */
import { matchesAt, PathEncoding, patternOf } from '../../routing/match';
import { GREEDY_PARAM } from '../../routing/prefix';
import { attempt } from '../attempt';
import { ApiEvent, isHttpApiEvent } from '../events';

export interface EventPath {
  readonly text: string;
  readonly encoding: PathEncoding;
  /** The segments as received. */
  readonly raw: readonly string[];
  /** The number of segments before the API's own part, or -1 if the path does not contain the matched route. */
  readonly lead: number;
}

export type PathReader = typeof readPath;

/** The route is the prefix of the one that API Gateway matched. Undefined if it matched `$default`. */
export function readPath(event: ApiEvent, route: string | undefined): EventPath {
  const text = (isHttpApiEvent(event) ? event.rawPath : event.path) ?? '';
  const encoding = pathEncoding(event);
  const raw = text.slice(1).split('/');
  const stage = event.requestContext?.stage;
  const lead = route ? countLead(event, raw, encoding, patternOf(route)) : Number(stage !== '$default' && raw[0] === stage);
  return { text, encoding, raw, lead };
}

/** HTTP APIs pass on decoded paths in both payload formats. REST APIs and function URLs keep them as they were sent. */
function pathEncoding(event: ApiEvent): PathEncoding {
  const keeps = isHttpApiEvent(event) ? event.requestContext?.domainName?.includes('.lambda-url.') : event.version === undefined;
  return keeps ? 'encoded' : 'decoded';
}

/**
 * The route determines how the path continues after the lead, and the greedy parameter determines how the path ends. Base path mappings put any
 * number of segments in front. HTTP APIs put a named stage in front, even on custom domains
 * (https://github.com/CodeGenieApp/serverless-express/issues/465). Either may look like a segment of the route itself.
 */
function countLead(event: ApiEvent, raw: readonly string[], encoding: PathEncoding, pattern: readonly string[]): number {
  const decode = (segments: readonly string[]) => (encoding === 'encoded' ? segments.map(tolerantDecode) : segments);
  const path = decode(raw);
  const rest = event.pathParameters?.[GREEDY_PARAM] ?? '';
  const whole = [...pattern, ...decode(rest.split('/'))];
  // The greedy parameter omits one trailing slash. A `{` in it matches more than itself, but only in the place where it can occur.
  const endings = [[...whole, ''], whole, ...rest ? [] : [pattern]];
  const ending = endings.find((one) => matchesAt(path, path.length - one.length, one));
  return ending ? path.length - ending.length : [...path, ''].findIndex((_, at) => matchesAt(path, at, pattern));
}

/** A segment with invalid percent-encoding stays unchanged. */
function tolerantDecode(segment: string): string {
  return attempt(() => decodeURIComponent(segment)) ?? segment;
}
