/**
 * Runs a property and reports the result.
 */
import fc from 'fast-check';
import { FuzzProperty } from './concern';
import { FACTOR } from './settings';

export interface Found {
  readonly failed: boolean;
  readonly runs: number;
  readonly milliseconds: number;
  /** Identifies the counterexample, to repeat it. */
  readonly path: string | undefined;
  readonly report: string;
}

export interface CheckOptions {
  readonly seed: number;
  readonly factor?: number;
  /** Repeats only this counterexample. */
  readonly path?: string;
  /** Stops at the first failure instead of searching for a smaller one. */
  readonly stops?: boolean;
}

export async function check<S>(property: FuzzProperty<S>, subject: S, { seed, factor = FACTOR, path, stops }: CheckOptions): Promise<Found> {
  const started = performance.now();
  const numRuns = path === undefined ? property.runs * factor : 1;
  const details = await fc.check<never>(property.create(subject), { seed, numRuns, path, endOnFailure: stops ?? path !== undefined, includeErrorInReport: true });
  const milliseconds = performance.now() - started;
  const report = details.failed ? [
    await fc.asyncDefaultReportMessage(details), '',
    `Repeat it: FUZZ_SEED=${seed} FUZZ_RUNS=${factor} npx jest test/fuzz/fuzz.test.ts -t ${JSON.stringify(property.name)}`,
  ].join('\n') : '';
  return { failed: details.failed, runs: details.numRuns, milliseconds, path: details.counterexamplePath ?? undefined, report };
}
