import { Arguments } from './arguments';
import { Terminal } from './terminal';

export interface Option {
  /** The name of its value. Undefined for an option without a value. */
  readonly value?: string;
  readonly description: string;
  /** A one-letter alternative to the name. */
  readonly short?: string;
  /** Whether it can be repeated. */
  readonly multiple?: boolean;
}

export type Options = { readonly [name: string]: Option };

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The arguments after the options: `PATH`. */
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
  /** Registers what must be closed before the process ends, even if it is interrupted. */
  onEnd(end: () => Promise<void>): void;
}
