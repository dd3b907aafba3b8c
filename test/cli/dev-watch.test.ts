import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { get, IncomingMessage } from 'node:http';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Stack } from 'aws-cdk-lib';
import { BIN, NODE } from './support';
import { Routers } from '../../lib';
import { newApi, newApp } from '../support/app';
import { cleanEnvironment } from '../support/packed';
import { project, scratch, writeFiles } from '../support/project';

const answers = (body: string) => `import { shared } from "../shared"; export const handler = async () => ({ statusCode: 200, body: shared(${JSON.stringify(body)}) });`;

const FILES = {
  'src/shared.ts': 'export const shared = (text: string) => text;',
  'src/routers/users.ts': answers('first'),
  'src/routers/orders.ts': answers('orders'),
};

interface Dev {
  readonly directory: string;
  readonly outdir: string;
  /** The temp directory of the process. */
  readonly temp: string;
  readonly url: string;
  readonly child: ChildProcess;
  output(): string;
  /** Waits until the output of the process matches. */
  written(pattern: RegExp): Promise<void>;
  ask(path?: string): Promise<string>;
}

const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

function synth(directory: string, outdir: string, stage?: string): void {
  const app = newApp({ outdir });
  const routers = Routers.fromDirectory(path.join(directory, 'src/routers'), { basePath: '/api' });
  newApi({ routers, environment: stage === undefined ? {} : { STAGE: stage } }, new Stack(app, 'Shop'));
  app.synth();
}

async function dev(...args: string[]): Promise<Dev> {
  const directory = project(FILES, 'a project');
  const outdir = path.join(directory, 'cdk.out');
  synth(directory, outdir);
  return start(directory, outdir, args);
}

async function start(directory: string, outdir: string, args: readonly string[] = []): Promise<Dev> {
  const temp = scratch();
  const options = { env: { ...cleanEnvironment(), TMPDIR: temp } };
  const child = spawn(process.execPath, [BIN, 'dev', '--app', outdir, '--node', NODE, '--port', '0', ...args], options);
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
  return { directory, outdir, temp, url, child, output: () => output, written, ask };
}

/** Writes the files, and gives the watcher time to notice. A later request waits for the build. */
async function save(directory: string, files: { readonly [file: string]: string }): Promise<void> {
  writeFiles(directory, files);
  await wait(100);
}

test('the next response reflects each save of a router or of a file that it imports', async () => {
  const { directory, ask, written } = await dev();
  expect(await ask()).toBe('200 first');
  await save(directory, { 'src/routers/users.ts': answers('second') });
  expect(await ask()).toBe('200 second');
  await written(/built in \d+ ms/);
  await save(directory, { 'src/shared.ts': 'export const shared = (text: string) => `${text} of ${process.env.AWS_LAMBDA_FUNCTION_NAME!.length > 0}`;', 'src/routers/users.ts': answers('third') });
  expect(await ask()).toBe('200 third of true');
  for (const body of ['4', '5', '6']) await save(directory, { 'src/routers/users.ts': answers(body) });
  expect(await ask()).toBe('200 6 of true');
});

test('a save can change the kind of a router', async () => {
  const { directory, ask } = await dev();
  await save(directory, { 'src/routers/users.ts': 'export default { fetch: () => new Response("fetched") };' });
  expect(await ask()).toBe('200 fetched');
});

test('sources that have changed since synthesis are built at startup', async () => {
  const directory = project(FILES);
  synth(directory, path.join(directory, 'cdk.out'));
  writeFiles(directory, { 'src/routers/users.ts': answers('newer') });
  const { ask } = await start(directory, path.join(directory, 'cdk.out'));
  expect(await ask()).toBe('200 newer');
});

test('after a build error, the last good build responds, and the browser and the terminal show the error until it is fixed', async () => {
  const { directory, url, ask, output, written } = await dev();
  await save(directory, { 'src/routers/users.ts': answers('good') });
  expect(await ask()).toBe('200 good');
  await save(directory, { 'src/routers/users.ts': 'export const handler = async () => (;' });
  await written(/error: the routers do not compile\n\n[^]*src\/routers\/users\.ts:1:36:[^]*async \(\) => \(;/);
  expect(await ask()).toBe('200 good');
  const page = await text(await new Promise<IncomingMessage>((resolve) => get(`${url}/api/users`, { headers: { 'sec-fetch-mode': 'navigate' } }, resolve)));
  expect(page).toMatch(/the routers do not compile[^]*src\/routers\/users\.ts:1:36:[^]*async \(\) =&gt; \(;[^]*The last good build responds with 200[^]*good/);
  await save(directory, { 'src/routers/users.ts': 'export const handler = async () => (;' });
  await save(directory, { 'src/routers/users.ts': answers('fixed') });
  expect(await ask()).toBe('200 fixed');
  expect(output().match(/do not compile/g)).toHaveLength(1);
});

test('a router that throws when it loads is not a build error', async () => {
  const { directory, ask } = await dev();
  await save(directory, { 'src/routers/users.ts': 'throw new Error("no database"); export const handler = async () => {};' });
  expect(await ask()).toMatch(/^500 .*ROUTER_LOAD_FAILED/);
  expect(await ask('/api/orders')).toBe('200 orders');
});

test('the terminal says what to do when the file of a router is deleted, and that a new router needs synthesis', async () => {
  const { directory, ask, written } = await dev();
  expect(await ask()).toBe('200 first');
  fs.rmSync(path.join(directory, 'src/routers/orders.ts'));
  await written(/orders\.ts: entry must be an existing file.*; put the file back, or run "npx cdk synth" if the router is gone/);
  expect(await ask()).toBe('200 first');
  await save(directory, { ...FILES, 'src/routers/labs.ts': answers('labs') });
  await written(/note: src\/routers\/labs\.ts is a new router: run "npx cdk synth"/);
  await save(directory, { 'package-lock.json': '{ "a": 1 }' });
  await written(/note: package-lock\.json has changed: run "npx cdk synth"/);
});

test('dev reloads routes and variables after another synthesis, and keeps its port', async () => {
  const { directory, outdir, ask, written } = await dev();
  expect(await ask('/api/labs')).toBe('404 {"message":"Not Found"}');
  writeFiles(directory, { 'src/routers/labs.ts': 'export const handler = async () => ({ statusCode: 200, body: process.env.STAGE });' });
  synth(directory, outdir, 'test');
  await written(/cdk synth has run: Shop\/Api is reloaded/);
  expect(await ask('/api/labs')).toBe('200 test');
  await save(directory, { 'src/routers/labs.ts': answers('watched, too') });
  expect(await ask('/api/labs')).toBe('200 watched, too');
});

test('dev keeps the last assembly when the new one is invalid, and uses the next valid one', async () => {
  const { directory, outdir, ask, written, output } = await dev();
  expect(await ask()).toBe('200 first');
  fs.rmSync(outdir, { recursive: true });
  await written(/error: the new assembly is invalid, so the last one stays in use: .* is not a directory that cdk synth has written/);
  expect(await ask('/api/orders')).toBe('200 orders');
  writeFiles(directory, { 'src/routers/users.ts': answers('again') });
  synth(directory, outdir);
  await written(/cdk synth has run/);
  expect(await ask()).toBe('200 again');
  expect(output().match(/the new assembly is invalid/g)).toHaveLength(1);
});

test('--no-watch serves the code that synthesis built', async () => {
  const { directory, ask, output } = await dev('--no-watch');
  await save(directory, { 'src/routers/users.ts': answers('second') });
  expect(await ask()).toBe('200 first');
  expect(output()).not.toContain('watched');
});

test('without the sources, dev serves the built code, with a note', async () => {
  const directory = project(FILES);
  synth(directory, path.join(directory, 'cdk.out'));
  const elsewhere = path.join(scratch(), 'cdk.out');
  fs.cpSync(path.join(directory, 'cdk.out'), elsewhere, { recursive: true });
  const { ask, output } = await start(directory, elsewhere);
  expect(await ask()).toBe('200 first');
  expect(output()).toContain('note: the sources are not where they were at synthesis, so the built code is served without rebuilds');
});

test('dev leaves no processes and no directories behind', async () => {
  const { directory, temp, child, ask } = await dev();
  await ask();
  for (const body of ['2', '3', '4']) {
    await save(directory, { 'src/routers/users.ts': answers(body) });
    expect(await ask()).toBe(`200 ${body}`);
  }
  // The directories of earlier builds are deleted when their environments end.
  expect(fs.readdirSync(temp)).toHaveLength(1);
  const processes = descendantsOf(child.pid!);
  expect(processes.length).toBeGreaterThan(1);
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(130);
  expect(fs.readdirSync(temp)).toEqual([]);
  for (let i = 0; i < 100 && processes.some(isAlive); i++) await wait(20);
  expect(processes.filter(isAlive)).toEqual([]);
});

function descendantsOf(pid: number): number[] {
  const rows = spawnSync('ps', ['-A', '-o', 'pid=,ppid=']).stdout.toString().trim().split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const children = rows.filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
