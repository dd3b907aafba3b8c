import * as fs from 'node:fs';
import * as path from 'node:path';
import { lazyApi, NODE } from './support';
import { ProfileReport } from '../../lib/local/profile/profile-report';
import { LARGE_PACKAGE, SHOP, synthesize } from '../local/profile/support';
import { scratch } from '../support/project';

const app = (files = SHOP as { readonly [file: string]: string }) => synthesize(files).directory;
const grown = () => app({ ...SHOP, ...LARGE_PACKAGE, 'src/routers/users.ts': 'import large from "large"; export const handler = async () => ({ statusCode: large.length });' });

function written(text: string, name = 'base.json'): string {
  const file = path.join(scratch(), name);
  fs.writeFileSync(file, text);
  return file;
}

test('profile writes a table to stdout, and nothing to stderr if stderr is not a terminal', () => {
  const { code, stdout, stderr } = lazyApi(['profile', '--app', app(), '--rounds', '1', '--memory', '1769', '--node', NODE]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Shop\/Api at 1024 MB, in ms\nROUTER +KB +FILES +INIT +LOAD +FIRST +WARM +COLD +MEMORY\nINIT +[\d.]+ +\d+\n\/api\/health +/);
  expect(stdout).toMatch(/\nMEMORY SIZE +LAZY +MONOLITH +EMPTY\n1769 MB +\d+ +\d+ +\d+\n\n(Lazy loading|It is not certain) .*\.\n$/);
});

test('--json has a stable schema', () => {
  const { stdout } = lazyApi(['profile', '--app', app(), '--rounds', '1', '--memory', '1769', '--node', NODE, '--json']);
  const report = JSON.parse(stdout) as ProfileReport;
  expect(report).toMatchObject({ version: 1, construct: 'Shop/Api', stack: 'Shop', memoryMb: 1024, problems: [] });
  expect(Object.keys(report).sort()).toEqual(['construct', 'counters', 'memoryMb', 'notes', 'problems', 'stack', 'times', 'verdict', 'version']);
  const counters = ['bytes', 'chunks', 'files', 'loads', 'modules'];
  expect(Object.keys(report.counters).sort()).toEqual(['chunks', 'init', 'origins', 'routers']);
  expect(Object.keys(report.counters.init).sort()).toEqual(counters);
  expect(Object.keys(report.counters.routers[0]).sort()).toEqual(['entry', 'first', 'needs', 'prefix']);
  expect(Object.keys(report.counters.chunks['main.mjs']).sort()).toEqual(['bytes', 'modules', 'role']);
  expect(Object.keys(report.times!).sort()).toEqual(['comparisons', 'monolithBytes', 'requests', 'rounds', 'sizes']);
  expect(Object.keys(report.times!.sizes[0]).sort()).toEqual(['builds', 'estimated', 'failures', 'memoryMb']);
  expect(Object.keys(report.times!.sizes[0].builds.lazy!.routers[0])).toEqual(expect.arrayContaining(['prefix', 'status', 'coldMs', 'initMs', 'loadMs', 'firstMs', 'warmMs']));
});

test('--compare checks the counters of a pull request against those of the base branch, and runs nothing', () => {
  const base = lazyApi(['profile', '--app', app(), '--counters-only', '--json']);
  expect(base.code).toBe(0);
  const file = written(base.stdout);
  const same = lazyApi(['profile', '--app', app(), '--counters-only', '--compare', file]);
  expect(same).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('No counter has grown by more than 5 %.') as unknown });
  const larger = grown();
  // Without --counters-only, profile also fails before it runs anything.
  const failing = lazyApi(['profile', '--app', larger, '--compare', file, '--node', 'nowhere']);
  expect(failing.code).toBe(1);
  expect(failing.stderr).toMatch(/^failed: \/api\/users: bytes [\d,]+ -> 30\d,\d+ \(\+\d+\.\d %\)\n {2}added large, 300,\d+ bytes, by src\/routers\/users\.ts > node_modules\/large\/index\.js\n/);
  const markdown = lazyApi(['profile', '--app', larger, '--compare', file, '--markdown']);
  expect(markdown).toMatchObject({ code: 1, stdout: expect.stringMatching(/^### ❌ Cold starts of `Shop\/Api`\n[^]*added large/) as unknown });
  expect(lazyApi(['profile', '--app', larger, '--compare', file, '--counters-only', '--max-growth', '100000%'])).toMatchObject({ code: 0 });
  expect(lazyApi(['profile', '--app', larger, '--compare', file, '--counters-only', '--gate', 'files,chunks'])).toMatchObject({ code: 0 });
});

test('--base compares with another assembly', () => {
  const base = app();
  expect(lazyApi(['profile', '--app', grown(), '--base', base, '--counters-only'])).toMatchObject({ code: 1, stderr: expect.stringContaining('added large') as unknown });
  const { code, stdout } = lazyApi(['profile', '--app', app(), '--base', base, '--rounds', '1', '--node', NODE]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nMEMORY SIZE +LAZY +BASE +EMPTY\n1024 MB +\d+ +\d+ +\d+\n\nNo counter has grown by more than 5 %\.\nAt 1024 MB, the mean cold start has changed by /);
});

test('--html writes a page, and prints its path', () => {
  const file = path.join(scratch(), 'profile.html');
  expect(lazyApi(['profile', '--app', app(), '--counters-only', '--html', file])).toMatchObject({ code: 0, stderr: `wrote ${file}\n` });
  expect(fs.readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[^]*<h1>Cold starts of Shop\/Api<\/h1>/);
  expect(lazyApi(['profile', '--app', app(), '--counters-only', '--html', '/nowhere/profile.html'])).toMatchObject({
    code: 3, stderr: 'error: --html must be a file that can be written, got "/nowhere/profile.html": ENOENT\n',
  });
});

test.each([
  [['--json', '--markdown'], '--json and --markdown cannot be combined: both write to stdout'],
  [['--rounds', '0'], '--rounds must be a whole number from 1 to 10000, got "0"'],
  [['--memory', '256,big'], '--memory must be a whole number from 128 to 10240, got "big"'],
  [['--max-growth', '5'], '--max-growth needs --compare FILE or --base DIRECTORY'],
  [['--fail-on-time'], '--fail-on-time needs --base DIRECTORY'],
  [['--fail-on-time', '--base', 'x', '--counters-only'], '--fail-on-time and --counters-only cannot be combined'],
  [['--base', 'x', '--gate', 'lines'], '--gate must be some of bytes,files,chunks,modules, got "lines"'],
  [['--base', 'x', '--max-growth', 'much'], '--max-growth must be a percentage, like 5%, got "much"'],
])('profile rejects %j', (args, error) => {
  expect(lazyApi(['profile', ...args])).toMatchObject({ code: 2, stdout: '', stderr: `error: ${error}\nSee: lazy-api profile --help\n` });
});

test.each([
  ['{ "version": 0 }', 'that "lazy-api profile --json" of this version has written, got "FILE" with version 0; write it again on the base branch'],
  ['no JSON', 'that "lazy-api profile --json" has written, got "FILE": '],
])('--compare rejects a file that is not a report: %s', (text, error) => {
  const file = written(text);
  const { code, stderr } = lazyApi(['profile', '--app', app(), '--compare', file]);
  expect(code).toBe(3);
  expect(stderr.replaceAll(file, 'FILE')).toContain(`error: --compare must be a file ${error}`);
});
