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

/** Routers by name, with what each does when it is loaded. */
function load(routers: { readonly [name: string]: string }, options: BundlingOptions = {}, limitMs = LIMIT_MS): LoadResult {
  const sources = Object.entries(routers).map(([name, source]) => [`src/routers/${name}.ts`, `${source}\n${HANDLER}`]);
  const directory = path.join(project(Object.fromEntries(sources)), 'src/routers');
  const build = buildOf(javaScript(Routers.fromDirectory(directory), options));
  const { code: { loader }, built: { files, externals, routerFiles } } = build;
  const loadable = build.code.routers.map(({ prefix, name, entry }) => ({ prefix, entry, file: routerFiles.get(name)! }));
  const code = { files: [...files, manifestFile(describeBuild(build, new Map(), 0))], externals, handler: 'index.handler', loader };
  return withCopy(code, {}, (copy) => loadEveryRouter(loadable, loader, copy, limitMs));
}

/** The routers that failed, with the reasons. */
function reasons({ failures }: LoadResult): { readonly [prefix: string]: string } {
  return Object.fromEntries(failures.map(({ prefix, message }) => [prefix, message]));
}

const TOO_LONG = /^it did not finish loading within 1\.5 s/;

describe('a router that, while it is loaded,', () => {
  test.each<[does: string, source: string, message: RegExp]>([
    ['loops', 'while (true);', TOO_LONG],
    ['loops, and has replaced what could end it', 'globalThis.setTimeout = process.exit = process.kill = process.abort = (() => {}) as any; process.on("SIGTERM", () => {}); while (true);', TOO_LONG],
    ['loops beside a process of its own', 'import { spawn } from "node:child_process"; spawn("sleep", ["60"], { stdio: "inherit" }); while (true);', TOO_LONG],
    ['sleeps in Atomics.wait', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', TOO_LONG],
    ['waits for a command', 'import { execSync } from "node:child_process"; execSync("sleep 60");', TOO_LONG],
    ['awaits for ever what a timer keeps alive', 'setInterval(() => {}, 1000); await new Promise(() => {});', TOO_LONG],
    ['awaits what nothing can settle', 'await new Promise(() => {});', /^its top-level await never settles, because nothing is left that could settle it$/],
    ['exits', 'process.exit(0);', /^the process ended with exit code 0 while it loaded/],
    ['exits with a reason', 'console.error("NO DATABASE"); process.exit(7);', /^the process ended with exit code 7 while it loaded, with this output: NO DATABASE/],
    ['aborts', 'process.abort();', /^the process was killed by SIGABRT while it loaded/],
    ['kills its process', 'process.kill(process.pid, "SIGKILL"); while (true);', /^the process was killed by SIGKILL while it loaded/],
    ['recurses without end', 'const f = (): number => 1 + f(); f();', /^RangeError: Maximum call stack size exceeded/],
    ['throws outside of any promise', 'setTimeout(() => { throw new Error("boom"); }); await new Promise((resolve) => setTimeout(resolve, 50));', /^outside of any promise, it threw Error: boom; the cause can also be something that an earlier router started$/],
    ['ends what loads it', 'import fs from "node:fs"; fs.closeSync(3);', /^the process ended with exit code 7 while it loaded, with this output: [^]*EBADF/],
  ])('%s is named, and all others are verified', (_, source, message) => {
    const result = load({ early: '', late: '', middle: source });
    expect(reasons(result)).toEqual({ '/middle': expect.stringMatching(message) });
    expect([...result.kinds.keys()]).toEqual(['/early', '/late']);
  });

  test.each<[does: string, source: string]>([
    ['writes megabytes', 'for (let i = 0; i < 200; i++) { process.stdout.write("x".repeat(1e5)); process.stderr.write("y".repeat(1e5)); }'],
    ['keeps the event loop alive', 'setInterval(() => {}, 1000);'],
    ['leaves a process behind that has its output', 'import { spawn } from "node:child_process"; spawn("sleep", ["60"], { stdio: "inherit" });'],
    ['replaces what the loader could need', 'globalThis.setTimeout = process.exit = process.kill = (() => { throw new Error("replaced"); }) as any;'],
    ['hangs at the exit of the process', 'process.on("exit", () => { while (true); });'],
    ['deletes every file around it', 'import fs from "node:fs"; for (const file of fs.readdirSync("..")) if (file !== "asset") fs.rmSync("../" + file, { recursive: true });'],
    ['writes nonsense where reports go', 'import fs from "node:fs"; fs.writeSync(3, \'null\\n{"prefix": 1}\\n[{}]\\n{"state": "failed", "pre\');'],
    ['reads its standard input', 'import fs from "node:fs"; fs.readFileSync(0);'],
  ])('%s is none that fails', (_, source) => {
    const started = Date.now();
    const result = load({ early: '', late: '', middle: source });
    expect(result.failures).toEqual([]);
    expect(result.kinds.size).toBe(3);
    expect(Date.now() - started).toBeLessThan(LIMIT_MS + 10_000);
  });
});

test('one run names all routers that hang or end the process, including the first and the last', () => {
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

test('the failure of a router that ends the process may come from an earlier router', () => {
  const later = 'await new Promise((resolve) => setTimeout(resolve, 300));';
  expect(reasons(load({ a: 'setTimeout(() => process.exit(1), 50);', b: later, c: '' }))).toEqual({ '/b': expect.stringMatching(/exit code 1 while it loaded; the cause can also be something that an earlier router started$/) });
});

test('routers that block share one and a half times the limit, and the first may take all of it', () => {
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
])('what %s throws as soon as a router is loaded is blamed on that router', (_, source) => {
  expect(reasons(load({ a: source, b: '', c: '' }))).toEqual({ '/a': 'outside of any promise, it threw Error: boom' });
});

test('an exit as soon as a router is loaded is blamed on that router', () => {
  expect(reasons(load({ a: 'setTimeout(() => process.exit(1), 0);', b: '' }))).toEqual({ '/a': expect.stringMatching(/exit code 1 while it loaded$/) });
});

test('what is thrown while a later router is loaded may come from an earlier router', () => {
  const later = 'await new Promise((resolve) => setTimeout(resolve, 300));';
  expect(reasons(load({ a: 'setTimeout(() => { throw new Error("boom"); }, 50);', b: later, c: '' })))
    .toEqual({ '/b': 'outside of any promise, it threw Error: boom; the cause can also be something that an earlier router started' });
});

test('processes that a router started end with the verification', () => {
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
