/**
 * These tests run the hook as it is deployed, with the AWS SDK, against a server that simulates Lambda and CodeDeploy. For Lambda, the server runs a
 * built asset in Lambda's runtime client.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import * as path from 'node:path';
import { ApiEndpoint, LazyApiFunctionProps, Rollout, Verify } from '../../lib';
import { lambdaNodes } from '../lambda-node';
import { listen, runInClient } from '../lambda-node/runtime-client';
import { assetOf, newApi, routersOf } from '../support/app';

const HOOK = path.join(__dirname, '../../lib/hook/asset/index.mjs');
const VERSION = 'arn:aws:lambda:eu-central-1:123456789012:function:api:7';

const GOOD = { 'src/routers/users.ts': 'export const handler = async () => ({ statusCode: 200 });', 'src/routers/app.ts': 'export default { fetch: () => new Response("ok") };' };
const BAD = { ...GOOD, 'src/routers/broken.ts': 'throw new Error("secret detail"); export const handler = async () => ({ statusCode: 200 });' };

const build = (files: Record<string, string>, props: Partial<LazyApiFunctionProps> = {}) =>
  assetOf(newApi({ routers: routersOf(files), rollout: Rollout.allAtOnce({ verify: true }), verify: Verify.off(), ...props }));

interface Deployed {
  readonly status: unknown;
  readonly invoked: string | undefined;
  readonly stdout: string;
}

/** Runs the hook for a version. Returns the status that CodeDeploy receives. */
async function deploy(invoke: (event: unknown) => Promise<{ payload: Buffer; error?: string }>): Promise<Deployed> {
  let status: unknown;
  let invoked: string | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (request.headers['x-amz-target'] === 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus') {
        status = JSON.parse(body);
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
        return;
      }
      invoked = decodeURIComponent(request.url!);
      invoke(JSON.parse(body)).then(
        ({ payload, error }) => response.writeHead(200, { ...error !== undefined && { 'x-amz-function-error': error } }).end(payload),
        () => response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"message":"no"}'),
      );
    });
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', `const { handler } = await import(${JSON.stringify(HOOK)}); await handler(${JSON.stringify(event)});`], {
    env: {
      NEW_VERSION: VERSION, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_MAX_ATTEMPTS: '1',
      AWS_ENDPOINT_URL_LAMBDA: url, AWS_ENDPOINT_URL_CODEDEPLOY: url,
    },
  });
  let stdout = '';
  child.stdout.on('data', (text) => { stdout += text; });
  child.stderr.on('data', (text) => { stdout += text; });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  server.closeAllConnections();
  server.close();
  expect([exitCode, stdout.includes('Error: ')]).toEqual([0, false]);
  return { status, invoked, stdout };
}

const answered = (status: string) => ({ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'e-1', status });

const inLambda = (asset: string) => async (event: unknown) => {
  const { delivered: [answer] } = await runInClient(lambdaNodes[lambdaNodes.length - 1], asset, [event]);
  return { payload: answer!.bytes };
};

describe.each<[string, Partial<LazyApiFunctionProps>]>([
  ['buffered', {}],
  ['streamed', { endpoint: ApiEndpoint.functionUrl({ streaming: true }) }],
])('a function with %s responses', (_, props) => {
  test('gets traffic if every router loads', async () => {
    const { status, invoked, stdout } = await deploy(inLambda(build(GOOD, props)));
    expect(status).toEqual(answered('Succeeded'));
    expect(invoked).toBe(`/2015-03-31/functions/${VERSION}/invocations`);
    expect(stdout).toContain('every router of the new version loads');
  });

  test('gets no traffic if a router does not load', async () => {
    const { status, stdout } = await deploy(inLambda(build(BAD, props)));
    expect(status).toEqual(answered('Failed'));
    expect(stdout).toContain('routers that do not load: /api/broken (ROUTER_LOAD_FAILED)');
    expect(stdout).not.toContain('secret detail');
  });
});

test('CodeDeploy also receives the status if the version fails or cannot be invoked', async () => {
  expect((await deploy(async () => ({ payload: Buffer.from('{}'), error: 'Unhandled' }))).status).toEqual(answered('Failed'));
  const refused = await deploy(async () => { throw new Error('no'); });
  expect(refused.status).toEqual(answered('Failed'));
  expect(refused.stdout).toContain('cannot be invoked: AccessDeniedException');
});
