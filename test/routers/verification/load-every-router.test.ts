import { execFileSync } from 'child_process';
import * as path from 'path';
import { BundlingOptions } from '../../../lib/languages/javascript/bundling-options';
import { Routers } from '../../../lib/languages/javascript/routers';
import { manifestFile } from '../../../lib/routers/asset/asset';
import { describeBuild } from '../../../lib/routers/asset/manifest';
import { loadEveryRouter, LoadResult } from '../../../lib/routers/verification/load-every-router';
import { withCopy } from '../../../lib/routers/verification/sandbox';
import { buildOf, javaScript } from '../../support/code';
import { project } from '../../support/project';

const LIMIT_MS = 1_500;
const HANDLER = 'export const handler = async () => 1;';

/** Loads routers. Maps the name of each router to the code that runs when the router loads. */
function load(routers: { readonly [name: string]: string }, options: BundlingOptions = {}, limitMs = LIMIT_MS): LoadResult {
  const sources = Object.entries(routers).map(([name, source]) => [`src/routers/${name}.ts`, `${source}\n${HANDLER}`]);
  const directory = path.join(project(Object.fromEntries(sources)), 'src/routers');
  const build = buildOf(javaScript(Routers.fromDirectory(directory), options));
  const { code: { loader }, built: { files, externals, routerFiles } } = build;
  const loadable = build.code.routers.map(({ prefix, name, entry }) => ({ prefix, entry, file: routerFiles.get(name)! }));
  const code = { files: [...files, manifestFile(describeBuild(build, new Map(), 0))], externals, handler: 'index.handler', loader };
  return withCopy(code, {}, (copy) => loadEveryRouter(loadable, loader, copy, limitMs));
}

/** Maps the prefix of each failed router to the reason. */
function reasons({ failures }: LoadResult): { readonly [prefix: string]: string } {
  return Object.fromEntries(failures.map(({ prefix, message }) => [prefix, message]));
}

const TOO_LONG = /^it did not finish loading within 1\.5 s/;

describe('a router that, while it loads,', () => {
  test.each<[does: string, source: string, message: RegExp]>([
    ['loops', 'while (true);', TOO_LONG],
    ['replaces the functions that could end the process, and loops', 'globalThis.setTimeout = process.exit = process.kill = process.abort = (() => {}) as any; process.on("SIGTERM", () => {}); while (true);', TOO_LONG],
    ['starts a process, and loops', 'import { spawn } from "node:child_process"; spawn("sleep", ["60"], { stdio: "inherit" }); while (true);', TOO_LONG],
    ['sleeps in Atomics.wait', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', TOO_LONG],
    ['waits for a command', 'import { execSync } from "node:child_process"; execSync("sleep 60");', TOO_LONG],
    ['awaits a promise that never settles while a timer runs', 'setInterval(() => {}, 1000); await new Promise(() => {});', TOO_LONG],
    ['awaits a promise that nothing can settle', 'await new Promise(() => {});', /^its top-level await never settles, because nothing is left that could settle it$/],
    ['exits', 'process.exit(0);', /^the process ended with exit code 0 while it loaded/],
    ['prints a reason and exits', 'console.error("NO DATABASE"); process.exit(7);', /^the process ended with exit code 7 while it loaded, with this output: NO DATABASE/],
    ['aborts', 'process.abort();', /^the process was killed by SIGABRT while it loaded/],
    ['kills its process', 'process.kill(process.pid, "SIGKILL"); while (true);', /^the process was killed by SIGKILL while it loaded/],
    ['recurses infinitely', 'const f = (): number => 1 + f(); f();', /^RangeError: Maximum call stack size exceeded/],
    ['throws outside of any promise', 'setTimeout(() => { throw new Error("boom"); }); await new Promise((resolve) => setTimeout(resolve, 50));', /^outside of any promise, it threw Error: boom; the cause can also be something that an earlier router started$/],
    ['breaks the process that loads it', 'import fs from "node:fs"; fs.closeSync(3);', /^the process ended with exit code 7 while it loaded, with this output: [^]*EBADF/],
  ])('%s fails, and all others are verified', (_, source, message) => {
    const result = load({ early: '', late: '', middle: source });
    expect(reasons(result)).toEqual({ '/middle': expect.stringMatching(message) });
    expect([...result.kinds.keys()]).toEqual(['/early', '/late']);
  });

  test.each<[does: string, source: string]>([
    ['writes megabytes', 'for (let i = 0; i < 200; i++) { process.stdout.write("x".repeat(1e5)); process.stderr.write("y".repeat(1e5)); }'],
    ['keeps the event loop alive', 'setInterval(() => {}, 1000);'],
    ['leaves a process behind that shares its output', 'import { spawn } from "node:child_process"; spawn("sleep", ["60"], { stdio: "inherit" });'],
    ['replaces functions that loaders use', 'globalThis.setTimeout = process.exit = process.kill = (() => { throw new Error("replaced"); }) as any;'],
    ['blocks the exit of the process', 'process.on("exit", () => { while (true); });'],
    ['deletes every file around it', 'import fs from "node:fs"; for (const file of fs.readdirSync("..")) if (file !== "asset") fs.rmSync("../" + file, { recursive: true });'],
    ['writes invalid data to the report pipe', 'import fs from "node:fs"; fs.writeSync(3, \'null\\n{"prefix": 1}\\n[{}]\\n{"state": "failed", "pre\');'],
    ['reads its standard input', 'import fs from "node:fs"; fs.readFileSync(0);'],
  ])('%s does not fail', (_, source) => {
    const started = Date.now();
    const result = load({ early: '', late: '', middle: source });
    expect(result.failures).toEqual([]);
    expect(result.kinds.size).toBe(3);
    expect(Date.now() - started).toBeLessThan(LIMIT_MS + 10_000);
  });
});

test('one run reports all routers that hang or end the process, including the first and the last', () => {
  const result = load({ a: 'while (true);', b: '', c: 'process.exit(1);', d: 'process.exit(1);', e: 'throw new Error("E");', f: 'while (true);' });
  expect(reasons(result)).toEqual({
    '/a': expect.stringMatching(TOO_LONG),
    '/c': expect.stringContaining('exit code 1'),
    '/d': expect.stringContaining('exit code 1'),
    '/e': 'Error: E',
    '/f': expect.stringMatching(/^it did not finish loading within 1 s.*; the routers before it used the rest of the time$/),
  });
  expect([...result.kinds.keys()]).toEqual(['/b']);
});

test('if the process ends while a later router loads, the message says that an earlier router can be the cause', () => {
  const later = 'await new Promise((resolve) => setTimeout(resolve, 300));';
  expect(reasons(load({ a: 'setTimeout(() => process.exit(1), 50);', b: later, c: '' }))).toEqual({ '/b': expect.stringMatching(/exit code 1 while it loaded; the cause can also be something that an earlier router started$/) });
});

test('routers that block share 1.5 times the limit, and the first one gets the full limit', () => {
  const loop = 'while (true);';
  expect(reasons(load({ a: loop, b: loop, c: loop, d: '' }, {}, 2_000))).toEqual({
    '/a': expect.stringMatching(/^it did not finish loading within 2 s; while it loads, .* unavailable$/),
    '/b': expect.stringMatching(/^it did not finish loading within 1 s; while it loads, .*; the routers before it used the rest of the time$/),
    '/c': 'it was not loaded, because the routers before it took too long',
    '/d': 'it was not loaded, because the routers before it took too long',
  });
});

test.each([
  ['a timer', 'setTimeout(() => { throw new Error("boom"); }, 0);'],
  ['an immediate', 'setImmediate(() => { throw new Error("boom"); });'],
])('an error that %s throws right after a router has loaded is attributed to that router', (_, source) => {
  expect(reasons(load({ a: source, b: '', c: '' }))).toEqual({ '/a': 'outside of any promise, it threw Error: boom' });
});

test('an exit right after a router has loaded is attributed to that router', () => {
  expect(reasons(load({ a: 'setTimeout(() => process.exit(1), 0);', b: '' }))).toEqual({ '/a': expect.stringMatching(/exit code 1 while it loaded$/) });
});

test('if an error is thrown while a later router loads, the message says that an earlier router can be the cause', () => {
  const later = 'await new Promise((resolve) => setTimeout(resolve, 300));';
  expect(reasons(load({ a: 'setTimeout(() => { throw new Error("boom"); }, 50);', b: later, c: '' })))
    .toEqual({ '/b': 'outside of any promise, it threw Error: boom; the cause can also be something that an earlier router started' });
});

test('verification ends the processes that a router started', () => {
  const marker = `6${Date.now() % 100_000}.25`;
  load({ a: `import { spawn } from "node:child_process"; spawn("sleep", ["${marker}"]); while (true);` });
  expect(processesWith(marker)).toEqual([]);
});

test('a banner that hangs fails every router', () => {
  const result = load({ a: '', b: '' }, { banner: 'while (globalThis.process);' });
  expect(reasons(result)).toEqual({ '/a': expect.stringMatching(TOO_LONG), '/b': expect.stringMatching(TOO_LONG) });
});

function processesWith(argument: string): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n').filter((line) => line.startsWith('sleep') && line.includes(argument));
}
