/**
 * What a folder of this suite declares: the code under test, its properties, and mistakes in it that the properties must detect.
 */
import fc from 'fast-check';

export interface FuzzProperty<Subject = never> {
  /** A sentence. */
  readonly name: string;
  /** The number of runs by default. `FUZZ_RUNS` multiplies it. */
  readonly runs: number;
  create(subject: Subject): fc.IAsyncProperty<never>;
}

/** A small mistake in a real source file. */
export interface Mutant {
  /** Relative to the root of the project. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** What goes wrong, as the end of a sentence: "the suite detects that ...". */
  readonly why: string;
  /** The name of the property that must fail. */
  readonly killedBy: string;
}

export interface Concern<Subject = never> {
  readonly name: string;
  /** A module that exports the code under test, relative to this suite. */
  readonly subject: string;
  readonly properties: ReadonlyArray<FuzzProperty<Subject>>;
  readonly mutants: readonly Mutant[];
  /** Called after a test file has finished with the concern. */
  close?(): Promise<void> | void;
}

/** A property. Each run is one value of the arbitrary. The predicate throws if the property does not hold. */
export function property<Subject, T>(
  name: string, runs: number, arbitrary: fc.Arbitrary<T>, holds: (value: T, subject: Subject) => Promise<void> | void,
): FuzzProperty<Subject> {
  return { name, runs, create: (subject) => fc.asyncProperty(arbitrary, async (value) => { await holds(value, subject); }) as unknown as fc.IAsyncProperty<never> };
}
