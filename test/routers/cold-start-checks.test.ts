/**
 * These tests check budgets and warnings with real builds.
 */
import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { LazyApiFunctionProps, PreloadPolicy } from '../../lib';
import { importChain, renderChain } from '../../lib/routers/import-chain';
import { newApi, newStack, routersOf } from '../support/app';

const handler = (imports: string, body: string) => `${imports} export const handler = async () => ({ statusCode: 200, body: ${body} });`;
const large = (kilobytes: number, letter: string) => `export const text = ${JSON.stringify(letter.repeat(kilobytes * 1024))};`;

/** A barrel re-exports all modules of the project. One of them needs a heavy package, which only one router uses. */
const BARREL = {
  'package.json': '{}',
  'node_modules/heavy/package.json': '{ "main": "index.js", "module": "index.js" }',
  'node_modules/heavy/index.js': `console.log("has side effects"); ${large(150, 'h')}`,
  'src/shared/index.ts': 'export * from "./dates"; export * from "./reports"; export * from "./money";',
  'src/shared/dates.ts': 'export const today = () => "today";',
  'src/shared/money.ts': 'export const price = () => "1.00";',
  'src/shared/reports.ts': 'import { text } from "heavy"; export const report = () => text;',
  'src/routers/users.ts': handler('import { today } from "../shared";', 'today()'),
  'src/routers/orders.ts': handler('import { price } from "../shared";', 'price()'),
  'src/routers/reports.ts': handler('import { report } from "../shared";', 'report()'),
};

const LEAN = {
  'package.json': '{}',
  'src/shared/text.ts': large(40, 's'),
  'src/routers/users.ts': handler('import { text } from "../shared/text";', 'text'),
  'src/routers/orders.ts': handler('import { text } from "../shared/text";', 'text + "orders"'),
  'src/routers/exports.ts': `${large(60, 'e')} ${handler('', 'text')}`,
};

function warningsOf(files: Record<string, string>, props: Partial<LazyApiFunctionProps> = {}): string[] {
  const stack = newStack();
  newApi({ routers: routersOf(files), ...props }, stack);
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

describe('budgets', () => {
  const create = (budgets: LazyApiFunctionProps['budgets'], props: Partial<LazyApiFunctionProps> = {}) => newApi({ routers: routersOf(LEAN), budgets, preloadPolicy: PreloadPolicy.nothing(), ...props });

  test('that are not exceeded cause no error', () => {
    expect(() => create({ initBytes: 30_000, routerBytes: 80_000, routers: { '/api/users': 60_000 } })).not.toThrow();
  });

  test('a router that exceeds its budget fails, and the error names what it loads and the import chain', () => {
    expect(() => create({ routerBytes: 50_000 })).toThrow(expect.objectContaining({
      code: 'BUDGET_EXCEEDED',
      message: expect.stringMatching(/TestStack\/Api: a cold start would load more than budgets allows\n\nrouter \/api\/exports loads 60\.\d KB, budgets\.routerBytes is 48\.8 KB\n {5}60\.\d KB {2}src\/routers\/exports\.ts$/),
    }));
  });

  test('a budget for a single router replaces routerBytes for this router only', () => {
    expect(() => create({ routerBytes: 50_000, routers: { '/api/exports': 70_000 } })).not.toThrow();
    expect(() => create({ routers: { '/api/users': 20_000 } })).toThrow(/router \/api\/users loads 40\.\d KB, budgets\.routers\["\/api\/users"\] is 19\.5 KB\n {5}40\.\d KB {2}src\/shared\/text\.ts, by src\/routers\/users\.ts > src\/shared\/text\.ts/);
  });

  test('INIT that exceeds its budget fails', () => {
    expect(() => create({ initBytes: 50_000 }, { preloadPolicy: PreloadPolicy.everything() })).toThrow(/INIT loads 11\d\.\d KB, budgets\.initBytes is 48\.8 KB\n {5}60\.\d KB {2}src\/routers\/exports\.ts\n {5}40\.\d KB {2}src\/shared\/text\.ts, by src\/routers\/orders\.ts > /);
  });

  test('the error names packages and the import chain to them', () => {
    expect(() => newApi({ routers: routersOf(BARREL), budgets: { routers: { '/api/users': 1000 } } })).toThrow(/150\.\d KB {2}heavy, by src\/routers\/users\.ts > src\/shared\/index\.ts > src\/shared\/reports\.ts > node_modules\/heavy\/index\.js/);
  });

  test.each<[LazyApiFunctionProps['budgets'], RegExp]>([
    [{ routers: { '/api/user': 1 } }, /budgets\.routers\["\/api\/user"\] must name a router's prefix; the prefixes are \/api\/exports, \/api\/orders, \/api\/users/],
    [{ initBytes: 0 }, /budgets\.initBytes must be a number of bytes, more than 0, got 0/],
    [{ routers: { '/api/users': NaN } }, /budgets\.routers\["\/api\/users"\] must be a number of bytes/],
  ])('%j is refused', (budgets, message) => {
    expect(() => create(budgets)).toThrow(message);
  });
});

describe('warnings', () => {
  test('do not appear for an app without problems', () => {
    expect(warningsOf(LEAN)).toEqual([]);
  });

  test('name a barrel that brings a heavy package to routers that do not use it, and the import chain to the package', () => {
    const [warning, ...more] = warningsOf(BARREL);
    expect(more).toEqual([]);
    expect(warning).toMatch(/^all 3 routers load heavy \(150 KB\) through src\/shared\/index\.ts, but 2 of them do not use it: src\/routers\/orders\.ts > src\/shared\/index\.ts > src\/shared\/reports\.ts > node_modules\/heavy\/index\.js; import directly from the module that defines it.*\[ack: cdk-lazy-api:heavySharedDependency-src\/shared\/index\.ts\]$/);
  });

  test('combine several heavy packages behind one barrel', () => {
    const another = {
      'node_modules/other/package.json': '{ "module": "index.js" }',
      'node_modules/other/index.js': `console.log("has side effects"); ${large(120, 'o')}`,
      'src/shared/reports.ts': 'import { text } from "heavy"; import { text as more } from "other"; export const report = () => text + more;',
    };
    expect(warningsOf({ ...BARREL, ...another })).toEqual([expect.stringMatching(/^all 3 routers load heavy \(150 KB\), other \(120 KB\) through/)]);
  });

  test.each<[string, Record<string, string>]>([
    ['one createApp() that all routers call', {
      'src/shared/index.ts': 'import { text } from "heavy"; import { today } from "./dates"; import { price } from "./money"; export const createApp = () => [text, today, price];',
      ...Object.fromEntries(['users', 'orders', 'reports'].map((name) => [`src/routers/${name}.ts`, handler('import { createApp } from "../shared";', `createApp() + "${name}"`)])),
    }],
    ['one createApp() that all routers call through a barrel', {
      'src/shared/reports.ts': 'import { text } from "heavy"; export { createApp }; function createApp() { return text; }',
      ...Object.fromEntries(['users', 'orders', 'reports'].map((name) => [`src/routers/${name}.ts`, handler('import { createApp } from "../shared";', `createApp() + "${name}"`)])),
    }],
    ['a heavy package that most routers use', { 'src/routers/users.ts': handler('import { report } from "../shared";', 'report() + 1') }],
    ['a barrel that renames its exports', {
      'src/shared/index.ts': 'export { today as one } from "./dates"; export { price as two } from "./money"; export { report as three } from "./reports";',
      ...Object.fromEntries(['users', 'orders', 'reports'].map((name) => [`src/routers/${name}.ts`, handler('import { three } from "../shared";', `three() + "${name}"`)])),
    }],
  ])('do not appear for %s', (_, files) => {
    expect(warningsOf({ ...BARREL, ...files })).toEqual([]);
  });

  test('do not appear for a package that all routers import themselves', () => {
    const asked = Object.fromEntries(['users', 'orders', 'reports'].map((name) => [`src/routers/${name}.ts`, handler('import { text } from "heavy";', `text + "${name}"`)]));
    expect(warningsOf({ ...BARREL, ...asked })).toEqual([]);
  });

  test.each<[string, Partial<LazyApiFunctionProps>, RegExp | undefined]>([
    ['appear for nothing() with little memory', { memorySize: 128, preloadPolicy: PreloadPolicy.nothing() }, /^at 128 MB, PreloadPolicy\.memoryAware\(\) would need about \d+(\.\d)? % of the time that "nothing" needs to load code, .*\[ack: cdk-lazy-api:preloadPolicy\]$/],
    ['appear for everything() with much memory', { memorySize: 1769, preloadPolicy: PreloadPolicy.everything() }, /"everything"/],
    ['do not appear for memoryAware()', { memorySize: 128 }, undefined],
    ['do not appear for nothing() with much memory', { memorySize: 1769, preloadPolicy: PreloadPolicy.nothing() }, undefined],
  ])('%s', (_, props, warning) => {
    const warnings = warningsOf({ ...LEAN, 'src/shared/text.ts': large(10, 's') }, props);
    expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
  });

  test('name INIT code that takes so long that Lambda might have to repeat INIT within the timeout', () => {
    const files = { ...LEAN, 'src/routers/exports.ts': `${large(40 * 1024, 'e')} ${handler('', 'text')}` };
    const [warning] = warningsOf(files, { memorySize: 256, timeout: Duration.seconds(10), preloadPolicy: PreloadPolicy.everything() });
    expect(warning).toMatch(/INIT loads 40 MB of code\. .* takes about \d+ seconds of the 10-second timeout at 256 MB; raise memorySize.*\[ack: cdk-lazy-api:initNearTimeout\]/);
  });
});

test.each<[string, Record<string, string[]>, string[] | undefined]>([
  ['is the shortest one', { a: ['b', 'c'], b: ['d'], c: ['x'], d: ['x'] }, ['a', 'c', 'x']],
  ['is undefined if there is none', { a: ['b'] }, undefined],
  ['can pass a cycle', { a: ['b'], b: ['a', 'x'] }, ['a', 'b', 'x']],
  ['is undefined if the file is not reachable', { x: [] }, undefined],
])('an import chain %s', (_, graph, chain) => {
  expect(importChain(graph, 'a', (file) => file === 'x')).toEqual(chain);
});

test.each([
  ['npm', 'node_modules/heavy/index.js'],
  ['pnpm', 'node_modules/.pnpm/heavy@1.0.0_react@18.0.0/node_modules/heavy/index.js'],
  ['pnpm in a workspace', '../../node_modules/.pnpm/heavy@1.0.0/node_modules/heavy/index.js'],
  ["Yarn Plug'n'Play", '.yarn/cache/heavy-npm-1.0.0-0a1b2c3d4e-8.zip/node_modules/heavy/index.js'],
])('a chain names the files of a package from %s as npm installs them', (_, file) => {
  expect(renderChain(['src/users.ts', file])).toBe('src/users.ts > node_modules/heavy/index.js');
});
