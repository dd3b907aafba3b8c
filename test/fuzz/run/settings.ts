/**
 * The number of runs and the seeds. `FUZZ_SEED` repeats a run, and `FUZZ_RUNS` multiplies the number of runs.
 */
const FIXED_SEED = 20_260_101;

/** `npm run fuzz` has more time. */
const USUAL_FACTOR = process.env.FUZZ === 'long' ? 20 : 1;

export const FACTOR = Number(process.env.FUZZ_RUNS) || USUAL_FACTOR;

/** The seed with the same runs every time. Every mutant must fail with it. */
export const fixedSeed = FIXED_SEED;

/** The given seed, or the fixed seed and a new one. */
export const seeds: ReadonlyArray<{ readonly kind: string; readonly seed: number }> = process.env.FUZZ_SEED === undefined
  ? [{ kind: 'the fixed seed', seed: FIXED_SEED }, { kind: 'a fresh seed', seed: Math.floor(Math.random() * 2 ** 31) }]
  : [{ kind: 'the given seed', seed: Number(process.env.FUZZ_SEED) }];

/** In milliseconds. There is no limit if the number of runs is multiplied. */
export const TIMEOUT = FACTOR === 1 ? 120_000 : 2 ** 31 - 1;
