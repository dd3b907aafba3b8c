/**
 * The path of an event, and what stands in it before the API's own part: a stage, or a base path mapping.
 */
import { attempt } from './attempt';
import { ApiEvent, isHttpApiEvent } from './events';
import { matchesAt, PathEncoding, patternOf } from '../routing/match';
import { GREEDY_PARAM } from '../routing/prefix';

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
  const lead = route ? countLead(event, raw, encoding, patternOf(route)) : Number(stage !== '$default' && raw[0] === stage);
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
function countLead(event: ApiEvent, raw: readonly string[], encoding: PathEncoding, pattern: readonly string[]): number {
  const decoded = encoding === 'encoded' ? raw.map(tolerantDecode) : raw;
  const rest = event.pathParameters?.[GREEDY_PARAM] ?? '';
  // The greedy parameter leaves one trailing slash out.
  const rests = [rest, `${rest}/`];
  const endings = [raw, decoded].map(endingsOf);
  const starts = [...raw, ''].flatMap((_, at) => (matchesAt(decoded, at, pattern) ? at : []));
  const endsWithRest = (at: number) => endings.some((endingFrom) => rests.includes(endingFrom(at + pattern.length)));
  return starts.find(endsWithRest) ?? starts[0] ?? -1;
}

/** What a path has from a segment on. No ending is copied, so that asking for all of them takes time in proportion to the path. */
function endingsOf(segments: readonly string[]): (from: number) => string {
  const text = segments.join('/');
  let next = 0;
  const offsets = segments.map(({ length }) => (next += length + 1) - length - 1);
  return (from) => text.slice(offsets[from] ?? next);
}

/** A segment that is not valid percent-encoding stays as it came. */
function tolerantDecode(segment: string): string {
  return attempt(() => decodeURIComponent(segment)) ?? segment;
}
