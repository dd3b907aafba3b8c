import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNTIME_EXTRAS, RUNTIME_MODULES, runtimeModuleName, runtimeModulesFor } from '../../lib/contract/javascript/runtime-modules';

const ROOT = join(__dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'lazy-api-runtime-'));

beforeAll(() => { execFileSync(process.execPath, [join(ROOT, 'scripts/build-runtime.mjs'), dir]); });

afterAll(() => rmSync(dir, { recursive: true }));

const read = (name: string) => readFileSync(join(dir, `${name}.mjs`), 'utf8');

/** The source files of a built file, according to esbuild's comments. */
const sourcesOf = (name: string) => [...read(name).matchAll(/^\/\/ lib\/(.*)$/gm)].map(([, file]) => file);

test('the build contains every module of the table and no other file', () => {
  expect(readdirSync(dir).sort()).toEqual(Object.keys(RUNTIME_MODULES).map((file) => `${file}.mjs`).sort());
});

test.each(Object.entries(RUNTIME_EXTRAS))('the module of the extra %s exports it under the name in the table', (_, { module, exported }) => {
  const [, exports] = /export \{([^}]*)\};\s*$/.exec(read(module))!;
  expect(exports.split(',').map((name) => name.trim())).toContain(exported);
  expect(RUNTIME_MODULES[module].use).toBe('extra');
});

test('every module that only some apps load belongs to an extra', () => {
  const used: string[] = Object.values(RUNTIME_EXTRAS).map(({ module }) => module);
  expect(runtimeModulesFor('extra').filter((file) => !used.includes(file))).toEqual([]);
});

test('the package exports only the modules that router code imports, or that the runtime imports by name', () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: { [name: string]: { [condition: string]: string } } };
  const names = Object.keys(exports).filter((name) => name.startsWith('./runtime'));
  expect(names.map((name) => name.replace('.', 'cdk-lazy-api'))).toEqual(runtimeModulesFor('routers', 'named').map(runtimeModuleName));
  for (const name of names) expect(Object.values(exports[name]).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('the core imports node:v8, and loads its parts dynamically by their package paths', () => {
  const imports = [...read('entry').matchAll(/\b(?:import|from)\b[\s(]*"([^"]+)"/g)].map(([text]) => text.replace(/\s/g, ''));
  expect(imports).toEqual(['from"node:v8"', 'import("cdk-lazy-api/runtime/fetch"', 'import("cdk-lazy-api/runtime/listener"', 'import("cdk-lazy-api/runtime/recovery"']);
  for (const part of ['fetch', 'recovery']) expect(read(part)).not.toMatch(/\b(import|from)\b[\s(]*"/);
});

test('the parts share no modules that have state with the core', () => {
  const core = new Set(sourcesOf('entry'));
  const shared = ['runtime/attempt.ts', 'runtime/events.ts', 'runtime/failures/coded-error.ts', 'routing/prefix.ts'];
  for (const part of ['fetch', 'listener']) expect(sourcesOf(part).filter((file) => core.has(file) && !shared.includes(file))).toEqual([]);
  expect(sourcesOf('recovery').filter((file) => core.has(file))).toEqual(['runtime/attempt.ts', 'runtime/failures/coded-error.ts']);
});
