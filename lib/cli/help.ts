import { Command, Options } from './command';

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Runs and checks the APIs of a synthesized CDK app on this machine.',
    '',
    'Usage: lazy-api COMMAND [options]',
    '',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Help for a command: lazy-api COMMAND --help',
    '',
  ].join('\n');
}

/** The help of a command. */
export function commandHelp({ name, summary, positionals, options, examples }: Command): string {
  const places = positionals.map((positional) => (positional.required ? positional.name : `[${positional.name}]`));
  return [
    summary,
    '',
    `Usage: ${['lazy-api', name, ...places, '[options]'].join(' ')}`,
    '',
    ...table(optionRows(options)),
    '',
    ...examples.map((example, i) => `${i === 0 ? 'Examples: ' : '          '}${example}`),
    '',
  ].join('\n');
}

function optionRows(options: Options): ReadonlyArray<readonly [string, string]> {
  return Object.entries(options).map(([name, { value, short, description }]) => {
    const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
    return [value === undefined ? names : `${names} ${value}`, description];
  });
}

function table(rows: ReadonlyArray<readonly [string, string]>): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}
