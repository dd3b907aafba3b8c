/** The part of an event's path that a mounted router sees, and the part in front of it that was removed. */
import { PathEncoding } from '../../routing/match';
import { GREEDY_PARAM } from '../../routing/prefix';
import { EventPath } from '../dispatch/event-path';
import { ApiEvent } from '../events';

export interface Mount {
  /** The path below the mount, percent-encoded, with a leading slash. */
  readonly path: string;
  /** The removed part in front of it, percent-encoded. Empty if the router sees the complete path. */
  readonly base: string;
}

/** The event's path shows where the API's part begins, and the prefix shows where the router's part begins. */
export function mount(event: ApiEvent, { raw, encoding, lead }: EventPath, prefix: string, strip: boolean): Mount {
  if (lead < 0) return mountByParameters(event, prefix, strip);
  const segments = raw.map((segment) => escapeSegment(segment, encoding));
  const start = lead + (strip ? prefix.split('/').filter(Boolean).length : 0);
  return { path: join(segments.slice(start)) || '/', base: baseOf(segments.slice(0, start)) };
}

/** For a path that does not contain the matched route. API Gateway has authorized the value that it used for the parameter. */
function mountByParameters(event: ApiEvent, prefix: string, strip: boolean): Mount {
  const base = prefix === '/' ? '' : escapePath(prefix);
  const rest = `/${escapePath(event.pathParameters?.[GREEDY_PARAM] ?? '')}`;
  return strip ? { path: rest, base } : { path: base + rest, base: '' };
}

function escapePath(path: string): string {
  return path.split('/').map((segment) => escapeSegment(segment, 'decoded')).join('/');
}

/** Never `//host`, because a router that puts it in front of a `Location` would send the caller there. */
function baseOf(segments: readonly string[]): string {
  return join(segments.filter((segment) => segment !== ''));
}

function join(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment}`).join('');
}

/** RFC 3986 `pchar` stay unchanged, so that a path arrives as most clients write it. */
const PCHAR = /%(3A|40|24|26|2B|2C|3B|3D)/g;

/** Characters that the URL parser would treat as separators, remove, or encode differently. */
const NOT_IN_A_PATH = /[\\?#\s\0-\x20]|[^\0-\x7e]/gu;

function escapeSegment(segment: string, encoding: PathEncoding): string {
  return encoding === 'decoded'
    ? encodeURIComponent(segment).replace(PCHAR, decodeURIComponent)
    : segment.replace(NOT_IN_A_PATH, encodeURIComponent);
}

/** The URL parser resolves these, even if they are encoded, so a `Request` cannot contain them. */
export function hasDotSegment(path: string): boolean {
  return path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
