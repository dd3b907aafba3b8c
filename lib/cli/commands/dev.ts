import { LocalLambdaOptions } from '../../local/lambda/local-lambda';
import { PAGE_PATH, pageNotes } from '../../local/page/page-path';
import { WatchLog } from '../../local/rebuild/source-watch';
import { WatchedApi, watchApi } from '../../local/rebuild/watch-api';
import { startLocalServer } from '../../local/server/local-server';
import { StartedApi, startApi } from '../../local/start-api';
import { assemblyOf, MEMORY, memoryOption, RUNNING, runningOptions, selectedApi, SELECTION } from '../api-options';
import { Arguments } from '../arguments';
import { Command, CommandContext } from '../command';
import { describeRequest } from '../describe-request';
import { functionOutput } from '../function-output';
import { numberOption } from '../number-option';
import { Terminal } from '../terminal';

const DEFAULT_PORT = 3000;
const DEFAULT_CONCURRENCY = 10;
const MAX_PORT = 65_535;

export const devCommand: Command = {
  name: 'dev',
  summary: 'Serves an API on this machine until you press Ctrl-C. Requests go to stdout; logs go to stderr.',
  positionals: [],
  options: {
    'port': { value: 'NUMBER', description: `default: ${DEFAULT_PORT}; 0 uses any free port` },
    'cold': { description: 'start a new environment for each request' },
    'concurrency': { value: 'NUMBER', description: `the maximum number of environments; default: ${DEFAULT_CONCURRENCY}` },
    'no-watch': { description: 'serve what cdk synth built, and ignore later changes' },
    'trust-tokens': { description: 'accept every token of a JWT or Cognito authorizer, and pass on its claims' },
    ...SELECTION,
    ...RUNNING,
    ...MEMORY,
  },
  examples: ['lazy-api dev', 'lazy-api dev --port 8080 --cold --env-file .env'],
  run: dev,
};

async function dev(args: Arguments, { terminal, onEnd }: CommandContext): Promise<number> {
  const port = numberOption(args, 'port', { least: 0, most: MAX_PORT }) ?? DEFAULT_PORT;
  const concurrency = numberOption(args, 'concurrency', { least: 1, most: 1000 }) ?? DEFAULT_CONCURRENCY;
  const started = await startOrWatch(args, { cold: args.has('cold'), concurrency, output: functionOutput(terminal) }, terminal);
  onEnd(() => started.close());
  const { lambda, build } = started;
  const construct = selectedApi(args).path;
  const notes = [...started.notes, ...pageNotes(started.manifest.routers.map(({ prefix }) => prefix))];
  const server = await startLocalServer({
    // They can change with each synthesis.
    get endpoint() { return started.endpoint; },
    get functionName() { return started.fn.name; },
    get runAuthorizer() { return started.runAuthorizer; },
    lambda,
    build,
    port,
    trustTokens: args.has('trust-tokens'),
    page: { construct, notes, get manifest() { return started.manifest; } },
    log: (line) => terminal.out(describeRequest(line, terminal)),
  });
  onEnd(() => server.close());
  for (const note of notes) terminal.err(noteLine(note, terminal));
  terminal.out(`${construct} is at ${terminal.outStyle('bold', server.url)}.${build ? ' Sources and cdk.out are watched.' : ''}\n`);
  terminal.out(`See its routers and requests at ${terminal.outStyle('bold', `${server.url}${PAGE_PATH}`)}.\n`);
  return new Promise(() => {});
}

function startOrWatch(args: Arguments, lambda: LocalLambdaOptions, terminal: Terminal): Promise<StartedApi & Partial<WatchedApi>> {
  const api = { ...runningOptions(args), memoryMb: memoryOption(args) };
  if (args.has('no-watch')) return startApi(selectedApi(args), api, lambda);
  return watchApi({ assembly: assemblyOf(args), api, lambda, load: () => selectedApi(args), log: watchLog(terminal) });
}

function watchLog(terminal: Terminal): WatchLog {
  return {
    note: (text) => terminal.err(noteLine(text, terminal)),
    error: (text) => terminal.err(`${terminal.errStyle('red', 'error:')} ${text}\n`),
    built: (ms) => terminal.err(`${terminal.errStyle('green', 'built')} in ${ms.toFixed(0)} ms\n`),
  };
}

function noteLine(note: string, { errStyle }: Terminal): string {
  return `${errStyle('yellow', 'note:')} ${note}\n`;
}
