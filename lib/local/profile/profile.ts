import { compareCounters, GrowthLimit } from './compare-counters';
import { isSlower, TimeComparison } from './compare-times';
import { CountedApi, countApi } from './counters';
import { PROFILE_VERSION, ProfileReport } from './profile-report';
import { ProfileOptions, profileTimes } from './profile-times';
import { describeGrowth, percentOf } from './report/describe-growth';
import { verdictOf } from './verdict';
import { readModuleGraph } from '../assembly/read-module-graph';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import { toLocalFunction } from '../assembly/to-local-function';

export interface GateOptions extends GrowthLimit {
  /** The counters to compare with. By default, those of the other assembly, if there is one. */
  readonly before?: CountedApi;
  /** Whether to skip measurements. */
  readonly countersOnly: boolean;
  /** Whether slower cold starts are a problem. */
  readonly failOnTime: boolean;
}

/** Counts, compares, and measures. If counters have grown too much, it ends before any code runs. */
export async function profile(api: SynthesizedApi, options: ProfileOptions, gate: GateOptions): Promise<ProfileReport> {
  const counters = countApi(api);
  const comparison = compare(api, counters, options, gate);
  const { fn: { memoryMb } } = toLocalFunction(api, options);
  const grown = (comparison?.failures ?? []).map((failure) => describeGrowth(failure));
  const described = { version: PROFILE_VERSION, construct: api.path, stack: api.stack, memoryMb, counters, ...comparison && { comparison } } as const;
  if (gate.countersOnly || grown.length > 0) return { ...described, notes: [], problems: grown };
  const { times, notes } = await profileTimes(api, options);
  const { sizes, comparisons } = times;
  const own = sizes.find((size) => size.memoryMb === memoryMb) ?? sizes[0];
  const broken = own.failures.filter(({ build }) => build === 'lazy').map(({ prefix, error }) => `${prefix} failed at ${own.memoryMb} MB: ${error}`);
  const slower = options.base && gate.failOnTime ? comparisons.filter(isSlower).map(describeSlower) : [];
  return {
    ...described,
    times,
    ...!options.base && { verdict: verdictOf(sizes, comparisons, memoryMb) },
    notes,
    problems: [...broken, ...slower],
  };
}

function compare(api: SynthesizedApi, counters: CountedApi, { base }: ProfileOptions, gate: GateOptions): ProfileReport['comparison'] {
  const before = gate.before ?? (base && countApi(base));
  return before && { maxGrowth: gate.maxGrowth, ...compareCounters(before, counters, readModuleGraph(api).imports, gate) };
}

function describeSlower({ memoryMb, mean }: TimeComparison): string {
  const { ratio, low, high } = mean!;
  return `cold starts at ${memoryMb} MB are slower: the mean over the routers has grown by ${percentOf(ratio - 1)} `
    + `(99 % confidence: ${percentOf(low - 1)} to ${percentOf(high - 1)})`;
}
