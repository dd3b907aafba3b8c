import type { GraphOrigin } from '../../contract/api-description';
import type { Origin } from '../../routers/built-code';

/** Finds the origin of a source file. */
export type FindOrigin = (source: string) => Origin;

/** @param origins where the source files come from that do not belong to the project */
export function originFinder(origins: readonly GraphOrigin[]): FindOrigin {
  const known = new Map(origins.flatMap(({ name, kind, sources }) => sources.map((source) => [source, { name, kind }] as const)));
  return (source) => known.get(source) ?? { name: source, kind: 'project' };
}
