import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { BIN, lazyApi, NODE, synth } from './support';
import { ApiAuthorization, ApiEndpoint } from '../../lib';
import { createCpuLimit } from '../../lib/local/lambda/cpu-limit';
import { newApi, newApp, routersOf } from '../support/app';
import { scratch, writeFiles } from '../support/project';

const ROUTERS = {
  'src/routers/users.ts': `
    export const handler = async (event) => {
      console.log('user code logs');
      const { rawPath, path, queryStringParameters: query, pathParameters, body, headers, requestContext } = event;
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path: rawPath ?? path, query, pathParameters, body, type: headers['content-type'], authorizer: requestContext.authorizer }) };
    };`,
  'src/routers/statuses.ts': 'export const handler = async ({ queryStringParameters: { status } }) => ({ statusCode: Number(status), body: `status ${status}` });',
  'src/routers/image.ts': 'export const handler = async () => ({ statusCode: 200, isBase64Encoded: true, body: Buffer.from([0, 255, 128, 10]).toString("base64") });',
  'src/routers/hangs.ts': 'export const handler = async () => { console.log(`pid ${process.pid}.`); return new Promise((resolve) => setTimeout(resolve, 60_000)); };',
  'src/routers/fails.ts': 'export const handler = async () => { process.exit(3); };',
  'src/routers/variables.ts': 'export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ literal: process.env.LITERAL, url: process.env.QUEUE_URL, own: process.env.OWN, home: process.env.HOME ?? null, region: process.env.AWS_REGION, memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE }) });',
  'src/routers/computes.ts': `
    export const handler = async () => {
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      while (process.cpuUsage(cpu).user < 60_000);
      return { statusCode: 200, body: String(performance.now() - started) };
    };`,
  'src/routers/secrets.ts': `
    import { getParameter, getSecret } from 'cdk-lazy-api/runtime';
    export const handler = async ({ queryStringParameters: query }) => ({ statusCode: 200, body: JSON.stringify([await getSecret('DB', { refresh: query?.refresh === 'yes' }), await getParameter('FLAGS')]) });`,
};

let app: string;

beforeAll(() => {
  const assembly = newApp();
  const stack = new Stack(assembly, 'Shop', { env: { region: 'eu-central-1' } });
  const secret = new Secret(stack, 'Secret');
  newApi({
    routers: routersOf(ROUTERS),
    memorySize: 512,
    environment: { LITERAL: 'as it is', QUEUE_URL: secret.secretArn },
    secrets: { DB: secret },
    parameters: { FLAGS: new StringParameter(stack, 'Flags', { stringValue: 'x' }) },
  }, stack);
  app = synth(assembly);
});

const invoke = (...args: string[]) => lazyApi(['invoke', ...args, '--app', app, '--node', NODE]);

test('the body goes to stdout; logs and a line about the request go to stderr', () => {
  const { code, stdout, stderr } = invoke('/api/users/7?x=1&x=2');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ path: '/api/users/7', query: { x: '1,2' }, pathParameters: { proxy: '7' } });
  expect(stderr).toContain('user code logs');
  expect(stderr).toMatch(/^200 GET \/api\/users\/7\?x=1&x=2 {2}router \/api\/users, INIT [\d.]+ ms, total [\d.]+ ms$/m);
  expect(stderr).toContain('note: the API asks for authorization (iam), which is skipped here');
});

test('paths are relative to the working directory', () => {
  const cwd = path.dirname(app);
  const { code, stdout } = lazyApi(['invoke', '/api/users', '--node', path.relative(cwd, NODE)], { cwd });
  expect({ code, body: JSON.parse(stdout) as unknown }).toMatchObject({ code: 0, body: { path: '/api/users' } });
});

test('--data sends a POST request with a content type', () => {
  const { stdout, stderr } = invoke('/api/users', '--data', '{"name":"Ada"}');
  expect(JSON.parse(stdout)).toMatchObject({ body: '{"name":"Ada"}', type: 'application/json' });
  expect(stderr).toContain('200 POST /api/users');
});

test('--data @- sends stdin, with the given method and headers', () => {
  const { stdout } = lazyApi(['invoke', '/api/users', '--method', 'put', '--header', 'Content-Type: text/csv', '--data', '@-', '--app', app, '--node', NODE], { input: 'a,b' });
  expect(JSON.parse(stdout)).toMatchObject({ body: 'a,b', type: 'text/csv' });
});

describe('--memory', () => {
  test('overrides the memory size that the function sees', () => {
    expect(JSON.parse(invoke('/api/variables').stdout)).toMatchObject({ memory: '512' });
    const { stdout, stderr, code } = invoke('/api/variables', '--memory', '1769');
    expect(JSON.parse(stdout)).toMatchObject({ memory: '1769' });
    expect(stderr).not.toContain('full CPU');
    expect(code).toBe(0);
  });

  test('limits the CPU to the share of the memory size, or a note says what the limit requires', () => {
    const { stdout, stderr, code } = invoke('/api/computes', '--memory', '128');
    if (createCpuLimit(128)) expect(Number(stdout)).toBeGreaterThan(400);
    else expect(stderr).toContain('note: the function has the full CPU: its share at 128 MB takes Linux, root, and control groups that can be written to');
    expect(code).toBe(0);
  });

  test('rejects a memory size that Lambda does not support', () => {
    const { stderr, code } = invoke('/api/variables', '--memory', '64');
    expect(stderr).toContain('--memory must be a number from 128 to 10240, got "64"');
    expect(code).toBe(2);
  });
});

test('--authorizer adds an authorizer context to the event', () => {
  expect(JSON.parse(invoke('/api/users', '--authorizer', '{ "jwt": { "claims": { "sub": "me" } } }').stdout)).toMatchObject({ authorizer: { jwt: { claims: { sub: 'me' } } } });
});

describe('with a Lambda authorizer', () => {
  let guarded: string;

  beforeAll(() => {
    const assembly = newApp();
    const stack = new Stack(assembly, 'Shop');
    const handler = new LambdaFunction(stack, 'Authorizer', {
      code: Code.fromInline('exports.handler = async ({ headers }) => ({ isAuthorized: headers.authorization === "allow", context: { user: "ada" } });'),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
    });
    newApi({ routers: routersOf(ROUTERS), endpoint: ApiEndpoint.http({ authorization: ApiAuthorization.lambdaAuthorizer(handler, { simpleResponses: true }) }) }, stack);
    guarded = synth(assembly);
  });

  const ask = (...args: string[]) => lazyApi(['invoke', '/api/users', ...args, '--app', guarded, '--node', NODE]);

  test('the authorizer is skipped by default', () => {
    const { code, stderr } = ask();
    expect(code).toBe(0);
    expect(stderr).toContain('note: the API asks for authorization (lambda), which is skipped here');
  });

  test('--run-authorizers runs the authorizer', () => {
    const { code, stdout } = ask('--run-authorizers', '--header', 'authorization: allow');
    expect({ code, authorizer: (JSON.parse(stdout) as { authorizer: unknown }).authorizer }).toEqual({ code: 0, authorizer: { lambda: { user: 'ada' } } });
    const denied = ask('--run-authorizers', '--header', 'authorization: deny');
    expect({ code: denied.code, stdout: denied.stdout }).toEqual({ code: 22, stdout: '{"message":"Forbidden"}' });
  });

  test('--run-authorizers and --authorizer cannot be combined', () => {
    const { code, stderr } = ask('--run-authorizers', '--authorizer', '{}');
    expect(stderr).toContain('--authorizer and --run-authorizers cannot be combined');
    expect(code).toBe(2);
  });
});

test.each([[200, 0], [302, 0], [404, 22], [503, 22]])('a response with status %i results in exit code %i', (status, expected) => {
  const { code, stdout } = invoke(`/api/statuses?status=${status}`);
  expect({ code, stdout }).toEqual({ code: expected, stdout: `status ${status}` });
});

test('binary bodies are written unchanged', () => {
  expect([...invoke('/api/image').bytes]).toEqual([0, 255, 128, 10]);
  expect(JSON.parse(invoke('/api/image', '--json').stdout)).toMatchObject({ status: 200, body: 'AP+ACg==', isBase64Encoded: true, router: '/api/image' });
});

test('a path without a route gets the response of the API, without an invocation', () => {
  const { code, stdout, stderr } = invoke('/other');
  expect({ code, stdout }).toEqual({ code: 22, stdout: '{"message":"Not Found"}' });
  expect(stderr).not.toContain('INIT');
  expect(stderr).toContain('note: no route matches\n');
});

test('a function that ends its process is reported on stderr', () => {
  const { code, stdout, stderr } = invoke('/api/fails');
  expect({ code, stdout }).toEqual({ code: 22, stdout: '{"message":"Internal Server Error"}' });
  expect(stderr).toContain('failed: Runtime.ExitError: Runtime exited with error: exit status 3');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s also ends the function', async (signal) => {
  const child = spawn(process.execPath, [BIN, 'invoke', '/api/hangs', '--app', app, '--node', NODE]);
  const pid = await new Promise<number>((resolve) => child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const found = /pid (\d+)\./.exec(text);
    if (found) resolve(Number(found[1]));
  }));
  child.kill(signal);
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('--event passes an event to the function unchanged', () => {
  const event = { version: '2.0', routeKey: 'ANY /api/users', rawPath: '/api/users', headers: {}, requestContext: { http: { method: 'GET', path: '/api/users' } } };
  const file = path.join(scratch(), 'event.json');
  fs.writeFileSync(file, JSON.stringify(event));
  const { code, stdout } = invoke('--event', file);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ statusCode: 200 });
});

describe('environment variables', () => {
  test('come from the template, with placeholders for values that are available only after deployment', () => {
    const { stdout, stderr } = invoke('/api/variables');
    expect(JSON.parse(stdout)).toEqual({ literal: 'as it is', url: 'https://verification.invalid/', home: null, region: 'eu-central-1', memory: '512' });
    expect(stderr).toContain('note: the value of QUEUE_URL is available only after deployment: a placeholder is used; pass --env NAME=VALUE or --env-file FILE');
  });

  test('can be set with --env and --env-file, and --env takes precedence', () => {
    const file = path.join(scratch(), '.env');
    fs.writeFileSync(file, 'QUEUE_URL=https://file\nLITERAL="from file"\n');
    const { stdout, stderr } = lazyApi(['invoke', '/api/variables', '--env-file', file, '--env', 'QUEUE_URL=https://a=b', '--env', 'OWN', '--region', 'us-west-2', '--app', app, '--node', NODE], { env: { OWN: 'mine' } });
    expect(JSON.parse(stdout)).toMatchObject({ literal: 'from file', url: 'https://a=b', own: 'mine', region: 'us-west-2' });
    expect(stderr).not.toContain('placeholder');
  });
});

describe('secrets', () => {
  const file = () => {
    const directory = scratch();
    writeFiles(directory, { 'secrets.json': '{ "secrets": { "DB": { "password": "hunter2" } }, "parameters": { "FLAGS": "on" } }' });
    return path.join(directory, 'secrets.json');
  };

  test.each(['', '?refresh=yes'])('are read as in Lambda, with values from a file: /api/secrets%s', (query) => {
    const { code, stdout, stderr } = invoke(`/api/secrets${query}`, '--secrets', file());
    expect({ code, body: JSON.parse(stdout) as unknown }).toEqual({ code: 0, body: [{ password: 'hunter2' }, 'on'] });
    expect(stderr).not.toContain('hunter2');
  });

  test('can be in the file that LAZY_API_SECRETS_FILE names', () => {
    const { stdout } = lazyApi(['invoke', '/api/secrets', '--app', app, '--node', NODE], { env: { LAZY_API_SECRETS_FILE: file() } });
    expect(JSON.parse(stdout)).toEqual([{ password: 'hunter2' }, 'on']);
  });

  test('without a local value are named in one note, and in the error', () => {
    const { code, stderr } = invoke('/api/secrets');
    expect(code).toBe(22);
    expect(stderr.match(/^note: no local value for DB.*$/mg)).toEqual([
      'note: no local value for DB: pass --secrets FILE; the function gets SECRET_REFUSED, regardless of its role',
    ]);
    expect(stderr).toContain('LocalValueNotFound: AWS did not return DB');
    expect(stderr).toContain('SECRET_REFUSED');
  });

  test('do not appear in the error about a file that is not JSON', () => {
    const broken = path.join(scratch(), 'broken.json');
    fs.writeFileSync(broken, 'hunter2');
    const { code, stderr } = invoke('/api/secrets', '--secrets', broken);
    expect(code).toBe(3);
    expect(stderr).toContain('--secrets must be a file with JSON');
    expect(stderr).not.toContain('hunter2');
  });
});

test.each([
  ['a REST API', ApiEndpoint.rest({ authorization: ApiAuthorization.none() }), '/api/users/7'],
  ['a function URL', ApiEndpoint.functionUrl({ authorization: ApiAuthorization.none() }), '/api/users/7'],
  ['a REST API that streams', ApiEndpoint.rest({ streaming: true, authorization: ApiAuthorization.none() }), '/api/users/7'],
  ['no endpoint', ApiEndpoint.none(), '/api/users/7'],
])('invoke works with %s', (_, endpoint, target) => {
  const assembly = newApp();
  newApi({ routers: routersOf(ROUTERS), endpoint }, new Stack(assembly, 'Stack'));
  const { code, stdout } = lazyApi(['invoke', target, '--app', synth(assembly), '--node', NODE]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ path: target });
});

test.each([['HTTP', ApiEndpoint.http, true], ['REST', ApiEndpoint.rest, false]])('a preflight request to a %s API gets the origin that the CORS configuration allows', (_, endpoint, isInvoked) => {
  const assembly = newApp();
  newApi({ routers: routersOf(ROUTERS), endpoint: endpoint({ cors: { allowOrigins: ['https://a.example'], allowMethods: ['GET'] } }) }, new Stack(assembly, 'Shop'));
  const preflight = ['--method', 'OPTIONS', '--header', 'origin: https://a.example', '--header', 'access-control-request-method: GET'];
  const { code, stdout, stderr } = lazyApi(['invoke', '/api/fails', ...preflight, '--json', '--app', synth(assembly), '--node', NODE]);
  const { status, headers } = JSON.parse(stdout) as { status: number; headers: Array<[name: string, value: string]> };
  const allowed = headers.find(([name]) => name.toLowerCase() === 'access-control-allow-origin')?.[1];
  expect({ code, status, allowed, isInvoked: stderr.includes('"totalMs"') }).toEqual({ code: 0, status: 204, allowed: 'https://a.example', isInvoked });
});
