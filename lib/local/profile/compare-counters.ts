import { Cause, findCauses, SourceImports } from './causes';
import { CountedApi, CountedRouter, Counters, COUNTERS } from './counters';
import { originFinder } from './origins';

/** The counters that may grow, and by how much. */
export interface GrowthLimit {
  /** The share by which a counter may grow: 0.05 for 5 %. */
  readonly maxGrowth: number;
  /** The counters that are compared. By default all. */
  readonly counters?: ReadonlyArray<keyof Counters>;
}

/** A counter that has grown too much. */
export interface GrowthFailure {
  /** `INIT`, or the prefix of a router. */
  readonly scope: string;
  readonly counter: keyof Counters;
  readonly before: number;
  readonly after: number;
  /** The share by which it has grown. Null if it was zero. */
  readonly growth: number | null;
  /** What adds the most bytes, largest first. */
  readonly causes: readonly Cause[];
}

export interface CounterComparison {
  readonly failures: readonly GrowthFailure[];
  /** Prefixes of routers that only the new build has. */
  readonly newRouters: readonly string[];
  /** Prefixes of routers that only the old build has. */
  readonly removedRouters: readonly string[];
}

/** A part of two builds that is compared. */
interface Scope {
  readonly name: string;
  readonly before: CountedRouter['needs'];
  readonly after: CountedRouter['needs'];
  /** The source files from which imports are followed. */
  readonly entries: readonly string[];
}

/**
 * Compares the counters of two builds, of INIT and of each router that both have.
 *
 * @param imports by source file of the new build: the source files that it imports
 */
export function compareCounters(before: CountedApi, after: CountedApi, imports: SourceImports, limit: GrowthLimit): CounterComparison {
  const scopes = scopesOf(before, after);
  const [old, now] = [before, after].map(({ chunks, origins }) => ({ chunks, originOf: originFinder(origins) }));
  const prefixes = { before: before.routers.map(({ prefix }) => prefix), after: after.routers.map(({ prefix }) => prefix) };
  return {
    failures: scopes.flatMap((scope) => {
      const grown = (limit.counters ?? COUNTERS).filter((counter) => hasGrown(scope.before[counter], scope.after[counter], limit.maxGrowth));
      if (grown.length === 0) return [];
      const { entries } = scope;
      const causes = findCauses({ ...old, loads: scope.before.loads }, { ...now, loads: scope.after.loads }, { imports, entries });
      return grown.map((counter) => toFailure(scope, counter, causes));
    }),
    newRouters: prefixes.after.filter((prefix) => !prefixes.before.includes(prefix)),
    removedRouters: prefixes.before.filter((prefix) => !prefixes.after.includes(prefix)),
  };
}

function scopesOf(before: CountedApi, after: CountedApi): Scope[] {
  const init = { name: 'INIT', before: before.init, after: after.init, entries: after.routers.map(({ entry }) => entry) };
  const routers = after.routers.flatMap(({ prefix, entry, needs }) => {
    const old = before.routers.find((router) => router.prefix === prefix);
    return old ? [{ name: prefix, before: old.needs, after: needs, entries: [entry] }] : [];
  });
  return [init, ...routers];
}

/** Decimal fractions are not exact, so the comparison has a tolerance. */
function hasGrown(before: number, after: number, maxGrowth: number): boolean {
  return after > before * (1 + maxGrowth) + 1e-9 * before;
}

function toFailure({ name, before, after }: Scope, counter: keyof Counters, causes: readonly Cause[]): GrowthFailure {
  const [from, to] = [before[counter], after[counter]];
  return { scope: name, counter, before: from, after: to, growth: from === 0 ? null : to / from - 1, causes };
}
