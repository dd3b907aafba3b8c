import { Arguments } from './arguments';
import { UsageError } from './usage-error';

export interface NumberRange {
  readonly least: number;
  readonly most: number;
}

/** Parses the value of an option as an integer. */
export function numberOption(args: Arguments, option: string, { least, most }: NumberRange): number | undefined {
  const text = args.text(option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${option} must be a number from ${least} to ${most}, got "${text}"`);
}
