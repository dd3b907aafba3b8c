import { Duration, Stack } from 'aws-cdk-lib';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ApiAuthorization, ApiEndpoint, LambdaAuthorizationOptions } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { startLocalServer } from '../../../lib/local/server/local-server';
import { startApi } from '../../../lib/local/start-api';
import { NODE } from '../../cli/support';
import { newApi, newApp, routersOf } from '../../support/app';
import { project } from '../../support/project';

const ROUTERS = { 'src/routers/users.ts': 'export const handler = async ({ requestContext }) => ({ statusCode: 200, body: JSON.stringify(requestContext.authorizer) });' };

/** Decides by the token: `deny`, `other`, `unauthorized`, and `crash` do not allow the request. Any other token does. */
const POLICIES = `
let n = 0;
exports.handler = async (event) => {
  const token = event.authorizationToken ?? event.headers.authorization;
  if (token === 'unauthorized') throw new Error('Unauthorized');
  if (token === 'crash') throw new Error('broken');
  const Resource = token === 'other' ? 'arn:aws:execute-api:*:*:*/*/GET/api/other' : event.methodArn ?? event.routeArn;
  const Effect = token === 'deny' ? 'Deny' : 'Allow';
  return { principalId: 'me', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] }, context: { n: ++n, stage: process.env.STAGE, type: event.type } };
};`;

const SIMPLE = 'exports.handler = async ({ headers, identitySource }) => ({ isAuthorized: headers.authorization === "allow", context: { identitySource } });';

type EndpointOf = (authorization: ApiAuthorization) => ApiEndpoint;
const HTTP: EndpointOf = (authorization) => ApiEndpoint.http({ authorization });
const REST: EndpointOf = (authorization) => ApiEndpoint.rest({ authorization });

const open: Array<{ close(): Promise<void> }> = [];
afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });

interface Given {
  readonly endpoint: EndpointOf;
  readonly code: Code;
  readonly runtime?: Runtime;
  readonly options?: LambdaAuthorizationOptions;
  readonly isAlias?: boolean;
}

/** Starts the server of `dev` with an authorizer. `ask` sends a request with a token. */
async function serve({ endpoint, code, runtime = Runtime.NODEJS_24_X, options, isAlias }: Given) {
  const app = newApp();
  const stack = new Stack(app, 'Shop');
  const authorizer = new LambdaFunction(stack, 'Authorizer', { code, handler: 'index.handler', runtime, timeout: Duration.seconds(5), environment: { STAGE: 'test' } });
  const handler = isAlias ? new Alias(stack, 'Alias', { aliasName: 'live', version: authorizer.currentVersion }) : authorizer;
  newApi({ routers: routersOf(ROUTERS), endpoint: endpoint(ApiAuthorization.lambdaAuthorizer(handler, options)) }, stack);
  const started = await startApi(findApis(app.synth().directory)[0], { node: NODE });
  const notes: string[] = [];
  const server = await startLocalServer({ ...started, functionName: 'api', port: 0, log: (line) => notes.push(...line.notes) });
  open.push(started, server);
  const ask = async (token?: string) => {
    const response = await fetch(`${server.url}/api/users/7`, { headers: token === undefined ? {} : { authorization: token } });
    return { status: response.status, body: await response.json() as unknown };
  };
  return { ask, notes };
}

const fromAsset = (source: string) => Code.fromAsset(project({ 'index.js': source }));

test('an HTTP API calls an authorizer with simple responses, and the router receives its context', async () => {
  const { ask, notes } = await serve({ endpoint: HTTP, code: fromAsset(SIMPLE), options: { simpleResponses: true, identity: ['$request.header.Authorization'] } });
  expect(await ask('allow')).toEqual({ status: 200, body: { lambda: { identitySource: ['allow'] } } });
  expect(await ask('deny')).toEqual({ status: 403, body: { message: 'Forbidden' } });
  expect(await ask()).toEqual({ status: 401, body: { message: 'Unauthorized' } });
  expect(notes).toEqual(['the authorizer does not allow the request', 'the request lacks identity sources of the authorizer: $request.header.Authorization']);
});

test('an HTTP API evaluates a policy', async () => {
  const { ask } = await serve({ endpoint: HTTP, code: fromAsset(POLICIES) });
  expect(await ask('allow')).toEqual({ status: 200, body: { lambda: { n: 1, stage: 'test', type: 'REQUEST' } } });
  expect(await ask('deny')).toMatchObject({ status: 403 });
  expect(await ask('crash')).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
});

test('a REST API evaluates a policy, and caches it for the same token', async () => {
  const { ask, notes } = await serve({ endpoint: REST, code: fromAsset(POLICIES) });
  const first = { status: 200, body: { principalId: 'me', n: '1', stage: 'test', type: 'REQUEST', integrationLatency: 0 } };
  expect(await ask('allow')).toEqual(first);
  expect(await ask('allow')).toEqual(first);
  expect(await ask('deny')).toEqual({ status: 403, body: { message: 'User is not authorized to access this resource' } });
  expect(await ask('other')).toMatchObject({ status: 403 });
  expect(await ask('unauthorized')).toEqual({ status: 401, body: { message: 'Unauthorized' } });
  expect(await ask('crash')).toEqual({ status: 500, body: { message: null } });
  expect(notes.at(-1)).toBe('the authorizer failed: Error: broken');
  expect(await ask()).toEqual({ status: 401, body: { message: 'Unauthorized' } });
});

test('nothing is cached if the cache is off', async () => {
  const { ask } = await serve({ endpoint: REST, code: fromAsset(POLICIES), options: { cache: Duration.seconds(0) } });
  expect(await ask('allow')).toMatchObject({ body: { n: '1' } });
  expect(await ask('allow')).toMatchObject({ body: { n: '2' } });
});

test('the code of an authorizer can be inline in the template, and behind an alias', async () => {
  const { ask } = await serve({ endpoint: HTTP, code: Code.fromInline(POLICIES), isAlias: true });
  expect(await ask('allow')).toMatchObject({ status: 200, body: { lambda: { stage: 'test' } } });
});

test('an authorizer can be in Python', async () => {
  const source = 'def handler(event, context):\n    return {"isAuthorized": event["headers"]["authorization"] == "allow", "context": {"language": "Python"}}\n';
  const { ask } = await serve({ endpoint: HTTP, code: Code.fromInline(source), runtime: Runtime.PYTHON_3_13, options: { simpleResponses: true } });
  expect(await ask('allow')).toEqual({ status: 200, body: { lambda: { language: 'Python' } } });
  expect(await ask('deny')).toMatchObject({ status: 403 });
});

test('an authorizer in a version of Python that does not run here causes a 401 response, and the API runs', async () => {
  const { ask, notes } = await serve({ endpoint: HTTP, code: Code.fromInline('def handler(event, context): pass'), runtime: Runtime.PYTHON_3_10 });
  expect(await ask('allow')).toMatchObject({ status: 401 });
  expect(notes).toEqual(['the Lambda authorizer of this route cannot run on this machine']);
});

test('an authorizer with another runtime causes a 401 response, with a note', async () => {
  const { ask, notes } = await serve({ endpoint: HTTP, code: fromAsset(''), runtime: Runtime.RUBY_3_4 });
  expect(await ask('allow')).toMatchObject({ status: 401 });
  expect(notes).toEqual(['the Lambda authorizer of this route cannot run on this machine']);
});
