import * as fs from 'node:fs';
import * as path from 'node:path';
import { Command } from './command';
import { devCommand } from './commands/dev';
import { invokeCommand } from './commands/invoke';
import { profileCommand } from './commands/profile';
import { routesCommand } from './commands/routes';
import { verifyCommand } from './commands/verify';
import { EXIT_CODES } from './exit-codes';
import { commandHelp, programHelp } from './help';
import { parseArguments } from './parse-arguments';
import { processTerminal, Terminal } from './terminal';
import { UsageError } from './usage-error';
import { LocalError } from '../local/local-error';
import { LazyApiError } from '../private/errors';
import { nearest } from '../private/nearest';

const COMMANDS: readonly Command[] = [devCommand, invokeCommand, profileCommand, routesCommand, verifyCommand];

/** Runs the program, and sets the exit code of the process. */
export async function main(args: readonly string[]): Promise<void> {
  const terminal = processTerminal(process);
  const ends: Array<() => Promise<void>> = [];
  const end = async () => { for (const one of ends.splice(0)) await one(); };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end().then(() => process.exit(EXIT_CODES.INTERRUPTED)));
  }
  process.exitCode = await run(args, terminal, (one) => void ends.push(one)).finally(end);
}

async function run([name, ...rest]: readonly string[], terminal: Terminal, onEnd: (end: () => Promise<void>) => void): Promise<number> {
  try {
    if (name === '--version' || name === '-v' || name === 'version') return say(terminal, `${version()}\n`);
    if (name === undefined || name === '--help' || name === '-h') return say(terminal, programHelp(COMMANDS));
    if (name === 'help' && rest.length === 0) return say(terminal, programHelp(COMMANDS));
    const command = commandNamed(name === 'help' ? rest[0] : name);
    if (name === 'help' || rest.includes('--help') || rest.includes('-h')) return say(terminal, commandHelp(command));
    return await command.run(parseArguments(rest, command), { terminal, onEnd });
  } catch (error) {
    return explain(error, name, terminal);
  }
}

function say(terminal: Terminal, text: string): number {
  terminal.out(text);
  return EXIT_CODES.OK;
}

function commandNamed(name: string): Command {
  const names = COMMANDS.map((command) => command.name);
  const command = COMMANDS.find((one) => one.name === name);
  if (command) return command;
  const meant = nearest(name, names);
  throw new UsageError(`unknown command "${name}"; ${meant === undefined ? `the commands are ${names.join(', ')}` : `did you mean ${meant}?`}`);
}

/** Errors that the user can fix are shown without a stack trace. */
function explain(error: unknown, name: string | undefined, terminal: Terminal): number {
  const isUsage = error instanceof UsageError;
  const isKnown = isUsage || error instanceof LocalError || error instanceof LazyApiError;
  const text = isKnown ? error.message : String((error as Error | undefined)?.stack ?? error);
  const command = COMMANDS.find((one) => one.name === name);
  const hint = isUsage ? `\nSee: lazy-api ${command ? `${command.name} ` : ''}--help` : '';
  terminal.err(`${terminal.errStyle('red', 'error:')} ${text}${hint}\n`);
  if (isUsage) return EXIT_CODES.USAGE;
  return isKnown ? EXIT_CODES.UNUSABLE : EXIT_CODES.FAILED;
}

function version(): string {
  const file = path.join(__dirname, '../../package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
