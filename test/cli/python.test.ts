/** The commands on functions in Python. */
import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { get, IncomingMessage } from 'node:http';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { SecretValue, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { BIN, lazyApi } from './support';
import { findApis } from '../../lib/local/assembly/find-apis';
import { assetOf } from '../../lib/local/assembly/synthesized-api';
import { lambdaPythons } from '../lambda-python';
import { FILES, handler, OTHER, PYTHON, PythonProject, pythonProject, RUNTIME, synthPython } from '../local/python/support';
import { newApp } from '../support/app';
import { cleanEnvironment } from '../support/packed';
import { scratch, writeFiles } from '../support/project';

/** A wheel whose module names the machine that it is for. */
function publishNative({ wheels }: PythonProject, version = '1.0.0'): string {
  const digits = PYTHON.version.replace('.', '');
  const lines = ['x86_64', 'aarch64'].map((machine) => (
    wheels.publish('greeting', { 'greeting.py': `TEXT = "${machine} ${version}"\n` }, { tag: `cp${digits}-cp${digits}-manylinux_2_17_${machine}`, version })
  ));
  return wheels.lock(`greeting==${version} ${lines.map((line) => line.split(' ')[1]).join(' ')}`);
}

const SECRETS = { 'api/users.py': handler('get_secret("DB")["user"] + os.environ["STAGE"] + TEXT', 'import os', 'from greeting import TEXT', 'from lazy_api import get_secret') };

describe('a function in Python', () => {
  let app: string;
  beforeAll(() => {
    const given = newApp();
    const secret = new Secret(new Stack(given, 'Secrets'), 'Db', { secretStringValue: SecretValue.unsafePlainText('{}') });
    app = synthPython(pythonProject(SECRETS).root, { secrets: { DB: secret }, environment: { STAGE: ' test ' } }, given);
  });

  test('responds to one request, with local secrets and variables', () => {
    const secrets = path.join(scratch(), 'secrets.json');
    fs.writeFileSync(secrets, '{ "secrets": { "DB": { "user": "ada" } } }');
    const { code, stdout, stderr } = lazyApi(['invoke', '/api/users/7', '--app', app, '--secrets', secrets]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ada test hello' });
    expect(stderr).toMatch(/200 GET \/api\/users\/7 {2}router \/api\/users, INIT [\d.]+ ms/);
    expect(JSON.parse(lazyApi(['invoke', '/api/orders', '--app', app, '--json']).stdout)).toMatchObject({ status: 200, body: 'order 1 hello', router: '/api/orders' });
  });

  test('has routes', () => {
    expect(lazyApi(['routes', '--app', app]).stdout).toMatch(/^ANY +\/api\/users\/\{proxy\+\} +\/api\/users +iam$/m);
    expect(lazyApi(['routes', '--match', '/api/users/7', '--app', app]).stdout).toMatch(/^router +\/api\/users \(api\/users\.py\)$/m);
  });

  test('is verified: routers that load, and smoke requests', () => {
    const smoke = path.join(scratch(), 'smoke.json');
    fs.writeFileSync(smoke, '[{ "request": "GET /api/orders" }]');
    expect(lazyApi(['verify', '--app', app, '--smoke', smoke])).toMatchObject({ code: 0, stdout: 'ok Shop/Api: 2 of 2 routers loaded, 1 smoke request passed\n', stderr: '' });
  });

  test('fails verification with the cause if a module is missing from its asset', () => {
    const asset = path.join(scratch(), 'asset');
    fs.cpSync(assetOf(findApis(app)[0]), asset, { recursive: true });
    fs.rmSync(path.join(asset, 'shared.py'));
    const { code, stderr } = lazyApi(['verify', asset]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/router {2}\/api\/orders[^]*No module named 'shared'[^]*at api\/orders\.py:2[^]*Add it to the dependencies of the project/);
  });

  test('refuses --node, and what is not Python', () => {
    expect(lazyApi(['invoke', '/api/users', '--app', app, '--node', process.execPath])).toMatchObject({
      code: 3, stderr: `error: --node must be left out for functions in Python, got "${process.execPath}"; use --python PATH\n`,
    });
    expect(lazyApi(['verify', '--app', app, '--python', process.execPath]).stderr).toContain(`--python must be the path of a release of CPython, got "${process.execPath}", which does not run as one`);
  });

  const other = lambdaPythons.find(({ runtime }) => runtime !== RUNTIME.name)!;

  test('runs on another Python with its own packages, and a note says so', () => {
    const { code, stdout, stderr } = lazyApi(['invoke', '/api/orders', '--app', app, '--python', other.path]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'order 1 hello' });
    expect(stderr).toContain(`note: the function uses Python ${PYTHON.version}, but runs on ${other.runtime.slice('python'.length)}`);
    expect(stderr).toContain(`note: the packages in the asset are for ${RUNTIME.name} on `);
  });
});

test('a function for another architecture runs and is verified with the packages of the lock file for this machine', () => {
  const given = pythonProject();
  writeFiles(given.root, { 'requirements.txt': publishNative(given) });
  const app = synthPython(given.root, { architecture: OTHER });
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const { stdout, stderr } = lazyApi(['invoke', '/api/users', '--app', app]);
  expect(stdout).toBe(`${machine} 1.0.0 first`);
  expect(stderr).toContain(`note: the packages in the asset are for ${RUNTIME.name} on ${OTHER.name}: the versions of the lock file for this machine are used`);
  expect(lazyApi(['verify', '--app', app]).stdout).toBe('ok Shop/Api: 2 of 2 routers loaded\n');
});

describe('dev', () => {
  const running: ChildProcess[] = [];
  afterAll(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

  async function dev(given: PythonProject) {
    const child = spawn(process.execPath, [BIN, 'dev', '--app', synthPython(given.root), '--port', '0'], { env: cleanEnvironment() });
    running.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => { output += chunk; });
    const written = async (pattern: RegExp) => {
      for (let i = 0; !pattern.test(output); i++) {
        if (i > 2000 || child.exitCode !== null) throw new Error(`${pattern} is not in: ${output}`);
        await wait(10);
      }
    };
    await written(/http:\/\/localhost:\d+/);
    const [url] = /http:\/\/localhost:\d+/.exec(output)!;
    const ask = async (target = '/api/users') => {
      const response = await fetch(url + target);
      return `${response.status} ${await response.text()}`;
    };
    // `fetch` does not send this header.
    const navigate = async () => text(await new Promise<IncomingMessage>((resolve) => get(`${url}/api/users`, { headers: { 'sec-fetch-mode': 'navigate' } }, resolve)));
    const save = async (files: { readonly [file: string]: string }) => {
      writeFiles(given.root, files);
      await wait(100);
    };
    return { ask, navigate, save, written };
  }

  test('responds with each save: of a router, a module, a data file, and the lock file', async () => {
    const given = pythonProject();
    const { ask, save, written } = await dev(given);
    expect(await ask()).toBe('200 hello first');
    await save({ 'api/users.py': handler('f"{TEXT} second"', 'from greeting import TEXT') });
    expect(await ask()).toBe('200 hello second');
    await written(/built in \d+ ms/);
    await save({ 'shared.py': 'VALUE = 2\n', 'templates/mail.txt': 'goodbye' });
    expect(await ask('/api/orders')).toBe('200 order 2 goodbye');
    await save({ 'requirements.txt': given.wheels.lock(given.wheels.publish('greeting', { 'greeting.py': 'TEXT = "hi"\n' }, { version: '2.0.0' })) });
    expect(await ask()).toBe('200 hi second');
    await save({ 'api/extra.py': FILES['api/users.py'] });
    await written(/note: api\/extra\.py is a new router: run "npx cdk synth"/);
  }, 60_000);

  test('keeps serving the last good build after a syntax error, and shows the error until it is fixed', async () => {
    const { ask, navigate, save, written } = await dev(pythonProject());
    expect(await ask()).toBe('200 hello first');
    await save({ 'api/users.py': 'def router(:\n' });
    await written(/error: a module does not compile:\napi\/users\.py:1: invalid syntax/);
    expect(await ask()).toBe('200 hello first');
    expect(await navigate()).toMatch(/api\/users\.py:1: invalid syntax[^]*The last good build responds with 200/);
    await save({ 'api/users.py': handler('"fixed"') });
    expect(await ask()).toBe('200 fixed');
  }, 60_000);
});
