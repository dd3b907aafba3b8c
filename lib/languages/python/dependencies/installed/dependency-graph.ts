import { InstalledDistribution } from './dist-info';
import { evaluateMarker, MarkerEnvironment } from '../requirements/marker';
import { LockedRequirement, normalizeName } from '../requirements/requirement';

/** By the name of a distribution: those that it needs and that are installed, sorted. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>;

/** What distributions need, by their own metadata. Every extra counts, because a lock file has only what the chosen extras bring. */
export function dependencyGraph(distributions: readonly InstalledDistribution[], environment: MarkerEnvironment): DependencyGraph {
  const names = new Set(distributions.map(({ name }) => name));
  return new Map(distributions.map(({ name, requires }) => {
    const needed = requires.flatMap((line) => neededName(line, environment) ?? []).filter((other) => names.has(other) && other !== name);
    return [name, [...new Set(needed)].sort()];
  }));
}

/** `typing-extensions (>=4.6) ; python_version < "3.13"` */
function neededName(line: string, environment: MarkerEnvironment): string | undefined {
  const [requirement, marker] = line.split(';').map((part) => part.trim());
  const [name] = /^[A-Za-z0-9][\w.-]*/.exec(requirement) ?? [];
  if (name === undefined) return undefined;
  return marker === undefined || marker === '' || evaluateMarker(marker, environment, () => true) ? normalizeName(name) : undefined;
}

/**
 * Returns the distributions that no package needs after some were left out: the project does not ask for them, and none that it asks for needs them.
 * Empty if the lock file does not say what the project asks for.
 */
export function orphansOf(requirements: readonly LockedRequirement[], graph: DependencyGraph): string[] {
  if (requirements.some(({ isDirect }) => isDirect === undefined)) return [];
  const reached = new Set(requirements.filter(({ isDirect }) => isDirect).map(({ name }) => name));
  // A set visits what is added during the visit.
  for (const name of reached) graph.get(name)?.forEach((other) => reached.add(other));
  return [...graph.keys()].filter((name) => !reached.has(name));
}
