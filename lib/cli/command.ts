import { Arguments } from './arguments';
import { Terminal } from './terminal';

export interface Option {
  /** The name of its value. Undefined for an option without one. */
  readonly value?: string;
  readonly description: string;
  /** One letter that stands for the name. */
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
}

export type Options = { readonly [name: string]: Option };

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What comes after the options: `PATH`. */
  readonly positionals: readonly Positional[];
  readonly options: Options;
  readonly examples: readonly string[];
  /** Returns the exit code. */
  run(args: Arguments, context: CommandContext): Promise<number> | number;
}

export interface Positional {
  readonly name: string;
  readonly required: boolean;
}

export interface CommandContext {
  readonly terminal: Terminal;
  /** What must be closed before the process ends, also when it is interrupted. */
  onEnd(end: () => Promise<void>): void;
}
