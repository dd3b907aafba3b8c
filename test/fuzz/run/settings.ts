/**
 * How much is tried, and with which seeds. `FUZZ_SEED` repeats a run, `FUZZ_RUNS` multiplies the number of runs.
 */
const FIXED_SEED = 20_260_101;

/** `npm run fuzz` says that there is time. */
const USUAL_FACTOR = process.env.FUZZ === 'long' ? 20 : 1;

export const FACTOR = Number(process.env.FUZZ_RUNS) || USUAL_FACTOR;

/** The seed whose runs never change, and which the mutants must not survive. */
export const fixedSeed = FIXED_SEED;

/** The given seed alone, or else the fixed one and a fresh one. */
export const seeds: ReadonlyArray<{ readonly kind: string; readonly seed: number }> = process.env.FUZZ_SEED === undefined
  ? [{ kind: 'the fixed seed', seed: FIXED_SEED }, { kind: 'a fresh seed', seed: Math.floor(Math.random() * 2 ** 31) }]
  : [{ kind: 'the given seed', seed: Number(process.env.FUZZ_SEED) }];

/** In milliseconds. Whoever multiplies the runs decides how long they may take. */
export const TIMEOUT = FACTOR === 1 ? 120_000 : 2 ** 31 - 1;
