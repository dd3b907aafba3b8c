import { readManifest } from '../../local/assembly/local-asset';
import { assetOf } from '../../local/assembly/synthesized-api';
import { PAGE_PATH, pageNotes } from '../../local/page/page-path';
import { startLocalServer } from '../../local/server/local-server';
import { startApi } from '../../local/start-api';
import { RUNNING, runningOptions, selectedApi, SELECTION } from '../api-options';
import { Arguments } from '../arguments';
import { Command, CommandContext } from '../command';
import { describeRequest } from '../describe-request';
import { numberOption } from '../number-option';

const DEFAULT_PORT = 3000;
const DEFAULT_CONCURRENCY = 10;
const MAX_PORT = 65_535;

export const devCommand: Command = {
  name: 'dev',
  summary: 'Serves an API on this machine until you press Ctrl-C. Requests go to stdout; logs go to stderr.',
  positionals: [],
  options: {
    'port': { value: 'NUMBER', description: `default: ${DEFAULT_PORT}; 0 takes any free port` },
    'cold': { description: 'start a new environment for each request' },
    'concurrency': { value: 'NUMBER', description: `how many environments there are at most; default: ${DEFAULT_CONCURRENCY}` },
    'trust-tokens': { description: 'accept every token of a JWT or Cognito authorizer, and pass on its claims' },
    ...SELECTION,
    ...RUNNING,
  },
  examples: ['lazy-api dev', 'lazy-api dev --port 8080 --cold --env-file .env'],
  run: dev,
};

async function dev(args: Arguments, { terminal, onEnd }: CommandContext): Promise<number> {
  const port = numberOption(args, 'port', { least: 0, most: MAX_PORT }) ?? DEFAULT_PORT;
  const concurrency = numberOption(args, 'concurrency', { least: 1, most: 1000 }) ?? DEFAULT_CONCURRENCY;
  const api = selectedApi(args);
  const output = (text: string) => terminal.err(text);
  const started = await startApi(api, runningOptions(args), { cold: args.has('cold'), concurrency, output });
  onEnd(() => started.close());
  const { endpoint, lambda, fn, runAuthorizer } = started;
  const manifest = readManifest(assetOf(api));
  const notes = [...started.notes, ...pageNotes(manifest.routers.map(({ prefix }) => prefix))];
  const server = await startLocalServer({
    endpoint,
    lambda,
    functionName: fn.name,
    port,
    trustTokens: args.has('trust-tokens'),
    runAuthorizer,
    page: { construct: api.path, notes, manifest: () => manifest },
    log: (line) => terminal.out(describeRequest(line, terminal)),
  });
  onEnd(() => server.close());
  for (const note of notes) terminal.err(`${terminal.errStyle('yellow', 'note:')} ${note}\n`);
  terminal.out(`${api.path} is at ${terminal.outStyle('bold', server.url)}. After cdk synth, start this command again.\n`);
  terminal.out(`See its routers and requests at ${terminal.outStyle('bold', `${server.url}${PAGE_PATH}`)}.\n`);
  return new Promise(() => {});
}
