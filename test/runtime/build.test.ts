import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'lazy-api-runtime-'));

beforeAll(() => { execFileSync(process.execPath, [join(ROOT, 'scripts/build-runtime.mjs'), dir]); });

afterAll(() => rmSync(dir, { recursive: true }));

const read = (name: string) => readFileSync(join(dir, `${name}.mjs`), 'utf8');

/** The sources in a built file, as esbuild marks them. */
const sourcesOf = (name: string) => [...read(name).matchAll(/^\/\/ lib\/(.*)$/gm)].map(([, file]) => file);

test('the core imports its parts by their package paths, dynamically, and beside them only the flags of V8', () => {
  const imports = [...read('entry').matchAll(/\b(?:import|from)\b[\s(]*"([^"]+)"/g)].map(([text]) => text.replace(/\s/g, ''));
  expect(imports).toEqual(['from"node:v8"', 'import("cdk-lazy-api/runtime/fetch"', 'import("cdk-lazy-api/runtime/recovery"']);
  for (const part of ['fetch', 'recovery']) expect(read(part)).not.toMatch(/\b(import|from)\b[\s(]*"/);
});

test('the parts share nothing with the core that has state', () => {
  const core = new Set(sourcesOf('entry'));
  expect(sourcesOf('fetch').filter((file) => core.has(file))).toEqual(['runtime/attempt.ts', 'runtime/failures/coded-error.ts', 'routing/prefix.ts', 'runtime/events.ts']);
  expect(sourcesOf('recovery').filter((file) => core.has(file))).toEqual(['runtime/attempt.ts', 'runtime/failures/coded-error.ts']);
});
