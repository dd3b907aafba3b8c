import { randomUUID } from 'node:crypto';
import { HttpResponse } from '../../gateway/http-message';
import { readManifest } from '../../local/assembly/local-asset';
import { assetOf, SynthesizedApi } from '../../local/assembly/synthesized-api';
import { findRouter } from '../../local/endpoint/find-router';
import { respond, routeRequest } from '../../local/endpoint/gateway';
import { LocalEndpoint } from '../../local/endpoint/local-endpoint';
import { LocalError } from '../../local/local-error';
import { StartedApi, startApi } from '../../local/start-api';
import { JSON_OPTION, readText, MEMORY, memoryOption, RUNNING, runningOptions, selectedApi, SELECTION } from '../api-options';
import { Arguments } from '../arguments';
import { Command, CommandContext } from '../command';
import { EXIT_CODES } from '../exit-codes';
import { functionOutput } from '../function-output';
import { skipAuthorizers } from '../skip-authorizers';
import { Terminal } from '../terminal';
import { toRequest } from '../to-request';
import { UsageError } from '../usage-error';
import { writeBody, writeJson } from '../write-answer';

export const invokeCommand: Command = {
  name: 'invoke',
  summary: 'Sends one request to an API on this machine. The body goes to stdout; logs go to stderr.',
  positionals: [{ name: 'PATH', required: false }],
  options: {
    'method': { value: 'METHOD', short: 'X', description: 'default: GET, or POST with --data' },
    'header': { value: '"NAME: VALUE"', short: 'H', multiple: true, description: 'can be repeated' },
    'data': { value: 'TEXT', short: 'd', description: 'the body; @FILE reads a file, and @- stdin' },
    'authorizer': { value: 'JSON', description: 'what an authorizer passes to the function, as requestContext.authorizer; authorizers are skipped' },
    'run-authorizers': { description: 'run Lambda authorizers, as dev does, instead of skipping them' },
    'event': { value: 'FILE', description: 'invoke the function with this event instead, and write what it returns' },
    ...JSON_OPTION,
    ...SELECTION,
    ...RUNNING,
    ...MEMORY,
  },
  examples: [
    'lazy-api invoke "/api/users?limit=1"',
    'lazy-api invoke /api/users --data \'{ "name": "Ada" }\' --header "authorization: Bearer abc"',
    'lazy-api invoke --event event.json',
  ],
  run: invoke,
};

async function invoke(args: Arguments, context: CommandContext): Promise<number> {
  const [target] = args.positionals;
  const file = args.text('event');
  if ((target === undefined) === (file === undefined)) throw new UsageError('invoke needs either PATH or --event FILE');
  const run = target === undefined ? eventRun(readText('--event', file!)) : requestRun(target, args);
  const api = selectedApi(args);
  const { terminal } = context;
  const options = { ...runningOptions(args), memoryMb: memoryOption(args) };
  const started = await startApi(api, options, { concurrency: 1, output: functionOutput(terminal) });
  context.onEnd(() => started.close());
  for (const note of started.notes) terminal.err(`${terminal.errStyle('yellow', 'note:')} ${note}\n`);
  return run(api, started, terminal);
}

type Run = (api: SynthesizedApi, started: StartedApi, terminal: Terminal) => Promise<number>;

/** Passes the event to the function unchanged, and writes the result to stdout. */
function eventRun(event: string): Run {
  try {
    JSON.parse(event);
  } catch (error) {
    throw new LocalError(`--event must be a file with JSON: ${(error as Error).message}`);
  }
  return async (_, { lambda }, terminal) => {
    const { result } = await lambda.invoke(event);
    terminal.out(await bytesOf(result.payload));
    if (result.kind !== 'failed') return EXIT_CODES.OK;
    terminal.err(`${terminal.errStyle('red', 'failed:')} ${result.errorType}: ${result.errorMessage}\n`);
    return EXIT_CODES.FAILED;
  };
}

function requestRun(target: string, args: Arguments): Run {
  const request = toRequest(target, args);
  const authorizer = parseAuthorizer(args.text('authorizer'));
  const runsLambda = args.has('run-authorizers');
  if (authorizer && runsLambda) throw new UsageError('--authorizer and --run-authorizers cannot be combined');
  const isJson = args.has('json');
  return async (api, { lambda, endpoint, runAuthorizer }, terminal) => {
    const from = performance.now();
    const decide = skipAuthorizers(endpoint, { given: authorizer, runsLambda });
    const context = { requestId: randomUUID(), time: new Date(), domainName: 'localhost', decide, runAuthorizer };
    const routed = await routeRequest(endpoint, request, context);
    for (const note of routed.notes) terminal.err(`${terminal.errStyle('yellow', 'note:')} ${note}\n`);
    const invoked = routed.kind === 'invoke' ? await lambda.invoke(routed.event) : undefined;
    const response = routed.kind === 'invoke' ? await respond(endpoint, invoked!.result, request) : routed.response;
    const title = `${request.method} ${target}`;
    const router = invoked && routerOf(api, endpoint, { method: request.method, target });
    const answer = { title, router, status: response.status, headers: response.headers, body: await bytesOf(response.body), invoked };
    (isJson ? writeJson : writeBody)({ ...answer, ms: performance.now() - from }, terminal);
    return response.status >= 400 ? EXIT_CODES.HTTP_ERROR : EXIT_CODES.OK;
  };
}

function routerOf(api: SynthesizedApi, endpoint: LocalEndpoint, { method, target }: { readonly method: string; readonly target: string }) {
  const prefixes = readManifest(assetOf(api)).routers.map(({ prefix }) => prefix);
  return findRouter({ endpoint, prefixes, greedyRoutes: api.description.endpoint.traits.greedyRoutes }, method, target).prefix;
}

function parseAuthorizer(json: string | undefined): object | undefined {
  if (json === undefined) return undefined;
  try {
    const parsed = JSON.parse(json) as unknown;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // It is not JSON.
  }
  throw new UsageError('--authorizer must be a JSON object, like \'{ "jwt": { "claims": { "sub": "me" } } }\'');
}

/** The logs contain the error that ends a stream. */
async function bytesOf(body: HttpResponse['body']): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
