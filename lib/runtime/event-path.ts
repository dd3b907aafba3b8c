/**
 * The path of an event, and what stands in it before the API's own part: a stage, or a base path mapping.
 */
import { ApiEvent, isHttpApiEvent } from './events';
import { parse } from './parse-prefix';
import { PathEncoding } from '../routing/match';
import { GREEDY_PARAM, isParam, Segment } from '../routing/prefix';

export interface EventPath {
  readonly text: string;
  readonly encoding: PathEncoding;
  /** The segments as they came. */
  readonly raw: readonly string[];
  /** The number of segments before the API's own part, or -1 where the path does not contain the matched route. */
  readonly lead: number;
}

export type PathReader = typeof readPath;

/** The route is the prefix of the one that API Gateway matched; none when it matched `$default`. */
export function readPath(event: ApiEvent, route: string | undefined): EventPath {
  const text = (isHttpApiEvent(event) ? event.rawPath : event.path) ?? '';
  const encoding = pathEncoding(event);
  const raw = text.slice(1).split('/');
  const stage = event.requestContext?.stage;
  const lead = route ? countLead(event, raw, encoding, parse(route).segments) : Number(stage !== '$default' && raw[0] === stage);
  return { text, encoding, raw, lead };
}

/** HTTP APIs hand over decoded paths in both payload formats; REST APIs and function URLs keep them as they were sent. */
function pathEncoding(event: ApiEvent): PathEncoding {
  const keeps = isHttpApiEvent(event) ? event.requestContext?.domainName?.includes('.lambda-url.') : event.version === undefined;
  return keeps ? 'encoded' : 'decoded';
}

/**
 * The route says how the path must go on after the lead, and the greedy parameter how it ends: base path mappings put any
 * number of segments in front, and HTTP APIs a named stage, on custom domains too
 * (https://github.com/CodeGenieApp/serverless-express/issues/465). Either may look like a segment of the route's own.
 */
function countLead(event: ApiEvent, raw: readonly string[], encoding: PathEncoding, pattern: readonly Segment[]): number {
  const decoded = encoding === 'encoded' ? raw.map(tolerantDecode) : raw;
  const rest = event.pathParameters?.[GREEDY_PARAM] ?? '';
  const starts = [...raw, ''].map((_, at) => at).filter((at) => matchesAt(decoded, at, pattern));
  const endsWithRest = (at: number) => [raw, decoded].some((segments) => isRest(segments.slice(at + pattern.length).join('/'), rest));
  return starts.find(endsWithRest) ?? starts[0] ?? -1;
}

/** The greedy parameter leaves one trailing slash out. */
function isRest(text: string, rest: string): boolean {
  return text === rest || text === `${rest}/`;
}

function matchesAt(segments: readonly string[], at: number, pattern: readonly Segment[]): boolean {
  return pattern.every((segment, i) => (isParam(segment) ? segments[at + i] : segments[at + i] === segment.literal));
}

/** A segment that is not valid percent-encoding stays as it came. */
function tolerantDecode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
