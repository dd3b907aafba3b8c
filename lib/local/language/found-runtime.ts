import type { LocalFunction, RuntimeCommand } from '../lambda/local-function';

/** What runs the functions of a language on this machine. */
export interface FoundRuntime {
  /** What differs from Lambda, for the user. */
  readonly notes: readonly string[];
  /** How the runtime is started with a function. */
  command(fn: LocalFunction): RuntimeCommand;
}
