/**
 * The path of an event, and what stands in it before the API's own part: a stage, or a base path mapping.
 */
import { ApiEvent, isHttpApiEvent } from './events';
import { PathEncoding } from '../routing/match';
import { GREEDY_PARAM, ParsedPrefix, isParam } from '../routing/prefix';

export interface EventPath {
  readonly text: string;
  readonly encoding: PathEncoding;
  /** The segments as they came. */
  readonly raw: readonly string[];
  /** The segments decoded; one that is not valid percent-encoding stays as it came. */
  readonly decoded: readonly string[];
}

export function readPath(event: ApiEvent): EventPath {
  const text = (isHttpApiEvent(event) ? event.rawPath : event.path) ?? '';
  const encoding = pathEncoding(event);
  const raw = text.slice(1).split('/');
  return { text, encoding, raw, decoded: encoding === 'encoded' ? raw.map(tolerantDecode) : raw };
}

/** HTTP APIs hand over decoded paths in both payload formats; REST APIs and function URLs keep them as they were sent. */
function pathEncoding(event: ApiEvent): PathEncoding {
  if (!isHttpApiEvent(event)) return event.version === undefined ? 'encoded' : 'decoded';
  return event.requestContext?.domainName?.includes('.lambda-url.') ? 'encoded' : 'decoded';
}

/**
 * The number of segments before the API's own part, or -1 where the path does not contain the matched route.
 *
 * The route says how the path must go on after them, and the greedy parameter how it ends: base path mappings put any
 * number of segments in front, and HTTP APIs a named stage, on custom domains too
 * (https://github.com/CodeGenieApp/serverless-express/issues/465). Either may look like a segment of the route's own.
 */
export function countLead(event: ApiEvent, { raw, decoded }: EventPath, route: ParsedPrefix | undefined): number {
  const stage = event.requestContext?.stage;
  if (!route) return stage !== '$default' && raw[0] === stage ? 1 : 0;
  const rest = withoutTrailingSlash(event.pathParameters?.[GREEDY_PARAM] ?? '');
  const isRest = (segments: readonly string[]) => withoutTrailingSlash(segments.join('/')) === rest;
  let lead = -1;
  for (let at = 0; at + route.segments.length <= raw.length; at++) {
    if (!matchesAt(decoded, at, route)) continue;
    const end = at + route.segments.length;
    if (isRest(raw.slice(end)) || isRest(decoded.slice(end))) return at;
    if (lead < 0) lead = at;
  }
  return lead;
}

function matchesAt(segments: readonly string[], at: number, { segments: pattern }: ParsedPrefix): boolean {
  return pattern.every((segment, i) => (isParam(segment) ? segments[at + i] !== '' : segments[at + i] === segment.literal));
}

function withoutTrailingSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

function tolerantDecode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
