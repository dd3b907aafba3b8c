import type { CounterComparison } from './compare-counters';
import { CountedApi } from './counters';
import type { Times } from './profile-times';

/** Raise it if readers of the previous version would misread the new one. */
export const PROFILE_VERSION = 1;

/** What `lazy-api profile --json` writes. */
export interface ProfileReport {
  /** The version of this schema. */
  readonly version: typeof PROFILE_VERSION;
  /** The path of the construct. */
  readonly construct: string;
  readonly stack: string;
  /** The function's memory size. */
  readonly memoryMb: number;
  /** Equal builds have equal counters. */
  readonly counters: CountedApi;
  /** Undefined if nothing was measured. */
  readonly times?: Times;
  /** Undefined if there was no other build to compare with. */
  readonly comparison?: CounterComparison & { readonly maxGrowth: number };
  /** Whether lazy loading helps. Undefined if it was not measured. */
  readonly verdict?: string;
  readonly notes: readonly string[];
  /** Why the gate fails. Empty if it passes. */
  readonly problems: readonly string[];
}

