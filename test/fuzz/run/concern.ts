/**
 * What a folder of this suite declares: the code under attack, what must hold for it, and mistakes in it that must be noticed.
 */
import fc from 'fast-check';

export interface FuzzProperty<Subject = never> {
  /** A sentence. */
  readonly name: string;
  /** How many runs the bounded form has; `FUZZ_RUNS` multiplies it. */
  readonly runs: number;
  create(subject: Subject): fc.IAsyncProperty<never>;
}

/** A small wrong change to a real source file. */
export interface Mutant {
  /** Relative to the project. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** What would go wrong. */
  readonly why: string;
  /** The name of the property that must fail. */
  readonly killedBy: string;
}

export interface Concern<Subject = never> {
  readonly name: string;
  /** A module that exports the code under attack, relative to this suite. */
  readonly subject: string;
  readonly properties: ReadonlyArray<FuzzProperty<Subject>>;
  readonly mutants: readonly Mutant[];
  /** Called when a test file is done with the concern. */
  close?(): Promise<void> | void;
}

/** A property of which each run is one value of the arbitrary. The predicate throws when it does not hold. */
export function property<Subject, T>(
  name: string, runs: number, arbitrary: fc.Arbitrary<T>, holds: (value: T, subject: Subject) => Promise<void> | void,
): FuzzProperty<Subject> {
  return { name, runs, create: (subject) => fc.asyncProperty(arbitrary, async (value) => { await holds(value, subject); }) as unknown as fc.IAsyncProperty<never> };
}
