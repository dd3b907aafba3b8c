import { setTimeout as wait } from 'node:timers/promises';
import { LocalEndpoint, LocalRoute, NO_ENDPOINT } from '../../lib/local/endpoint/local-endpoint';
import { LocalFunction } from '../../lib/local/lambda/local-function';
import { LocalLambda, LocalLambdaOptions, Runnable } from '../../lib/local/lambda/local-lambda';
import { nodeCommand } from '../../lib/local/node/node-command';
import { LocalServer, LocalServerOptions, startLocalServer } from '../../lib/local/server/local-server';
import { RequestLine } from '../../lib/local/server/request-line';
import { lambdaNodes } from '../lambda-node';
import { project } from '../support/project';

/** A function with this source. */
export function runnable(source: string, given: Partial<LocalFunction> = {}, node = lambdaNodes[0].path): Runnable {
  const fn: LocalFunction = {
    name: 'api',
    directory: given.directory ?? project({ 'index.mjs': source }),
    handler: 'index.handler',
    memoryMb: 512,
    timeoutMs: 10_000,
    environment: {},
    region: 'eu-central-1',
    ...given,
  };
  return { fn, command: nodeCommand(node, fn) };
}

export const routeOf = (method: string, path: string): LocalRoute => ({ method, path, authorization: { kind: 'none' }, apiKeyRequired: false });

export const FUNCTION_URL: LocalEndpoint = { ...NO_ENDPOINT, kind: 'function-url', streaming: true };
export const HTTP_API: LocalEndpoint = { ...NO_ENDPOINT, kind: 'http-api', routes: [routeOf('ANY', '/users'), routeOf('ANY', '/users/{proxy+}')] };
export const REST_API: LocalEndpoint = { ...HTTP_API, kind: 'rest-api', payload: '1.0', stage: 'prod', binaryMediaTypes: ['*/*'] };

export interface Started extends LocalServer {
  readonly lines: RequestLine[];
  readonly lambda: LocalLambda;
  /** Waits for this many lines. */
  written(count: number): Promise<RequestLine[]>;
}

const open: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Starts a server in front of a function. It closes when the test ends. */
export async function startServer(
  source: string, endpoint: LocalEndpoint, given: Partial<LocalServerOptions> & { readonly fn?: Partial<LocalFunction>; readonly options?: LocalLambdaOptions } = {},
): Promise<Started> {
  const lines: RequestLine[] = [];
  const written = async (count: number) => {
    while (lines.length < count) await wait(5);
    return lines;
  };
  const lambda = new LocalLambda(runnable(source, given.fn), given.options);
  const server = await startLocalServer({ endpoint, lambda, functionName: 'api', port: 0, log: (line) => lines.push(line), ...given });
  open.push(server);
  return { ...server, lines, written, lambda };
}
