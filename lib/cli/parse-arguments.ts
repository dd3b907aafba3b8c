import { parseArgs } from 'node:util';
import { Arguments } from './arguments';
import { Command, Option } from './command';
import { UsageError } from './usage-error';
import { nearest } from '../private/nearest';

/** An option as it was typed. */
interface Typed {
  readonly kind: 'option';
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
}

/** Parses the arguments of a command. Throws an error if they do not fit the command. */
export function parseArguments(args: readonly string[], { options, positionals }: Command): Arguments {
  const types = Object.entries(options).map(([name, { value, short }]) => [name, {
    type: value === undefined ? 'boolean' as const : 'string' as const, ...short !== undefined && { short },
  }]);
  const { tokens } = parseArgs({ args: [...args], options: Object.fromEntries(types), allowPositionals: true, strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const given: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') given.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    values.set(token.name, [...values.get(token.name) ?? [], checkedValue(token as Typed, option, options)]);
  }
  const missing = positionals.slice(given.length).find(({ required }) => required);
  if (missing) throw new UsageError(`${missing.name} is missing`);
  if (given.length > positionals.length) throw new UsageError(`unexpected argument "${given[positionals.length]}"`);
  return new Arguments(given, values);
}

function checkedValue({ rawName, value, inlineValue }: Typed, option: Option | undefined, options: Command['options']): string {
  if (!option) throw unknownOptionError(rawName, options);
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value, got "${value}"`);
    return '';
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}`);
  if (!inlineValue && /^-./.test(value)) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}; for one that starts with "-": ${rawName}=${value}`);
  }
  return value;
}

function unknownOptionError(rawName: string, options: Command['options']): UsageError {
  const names = Object.keys(options).map((name) => `--${name}`);
  const meant = nearest(rawName, names);
  return new UsageError(`unknown option ${rawName}; ${meant === undefined ? `the options are ${names.join(', ')}` : `did you mean ${meant}?`}`);
}
