import * as fs from 'fs';
import { builtinModules } from 'module';
import * as path from 'path';
import { buildSync } from 'esbuild';
import * as ts from 'typescript';
import { RUNTIME_MODULES } from '../lib/contract/javascript/runtime-modules';
import { ESBUILD_FOLDER, LAYERS, NEVER_REACHES } from '../projenrc/layers';
import { listFiles } from './support/project';

const LIB = path.join(__dirname, '..', 'lib');
const BUILTINS = new Set(builtinModules);

interface Import {
  readonly file: string;
  /** A file in lib/, a package, or `node:`. */
  readonly imported: string;
}

/** The import graph of lib/ as the compiler reads it, with type-only imports. */
const imports: Import[] = listFiles(LIB)
  .filter((file) => (file.endsWith('.ts') && !file.endsWith('.d.ts')) || /^languages\/.*\.mjs$/.test(file))
  .flatMap((file) => ts.preProcessFile(fs.readFileSync(path.join(LIB, file), 'utf8'), true, true).importedFiles
    .map(({ fileName }) => ({ file, imported: target(file, fileName) })));

function target(file: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const resolved = path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, ''));
    return fs.existsSync(path.join(LIB, `${resolved}.ts`)) ? `${resolved}.ts` : `${resolved}/index.ts`;
  }
  if (specifier.startsWith('node:') || BUILTINS.has(specifier)) return 'node:';
  return specifier.split('/')[0];
}

/** The direct and indirect imports of a file. */
function reachableFrom(file: string, found = new Set<string>()): Set<string> {
  for (const { imported } of imports.filter((other) => other.file === file)) {
    if (found.has(imported)) continue;
    found.add(imported);
    reachableFrom(imported, found);
  }
  return found;
}

/** The most specific row of the table. */
function layerOf(file: string): string | undefined {
  const parts = file.split('/');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/')).find((place) => place in LAYERS);
}

test('every file of lib/ belongs to a layer', () => {
  expect(imports.map(({ file }) => file).filter((file) => layerOf(file) === undefined)).toEqual([]);
});

test('no layer has an import that the table does not allow', () => {
  const forbidden = imports.filter(({ file, imported }) => {
    const layer = layerOf(file)!;
    const own = imported.startsWith(`${layer}/`) || imported === layer;
    return !own && !LAYERS[layer].some((allowed) => imported === allowed || imported.startsWith(`${allowed}/`));
  });
  expect(forbidden).toEqual([]);
});

test.each(NEVER_REACHES)('$places never reach $reach', ({ places, reach }) => {
  const isAt = (place: string) => (file: string) => file === place || file.startsWith(`${place}/`);
  const files = [...new Set(imports.map(({ file }) => file))].filter((file) => places.some((place) => isAt(place)(file)));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => [...reachableFrom(file)].some(isAt(reach)))).toEqual([]);
});

test('there are no import cycles, not even for types', () => {
  const files = new Set(imports.map(({ file }) => file));
  expect([...files].filter((file) => reachableFrom(file).has(file))).toEqual([]);
});

test('only one folder imports esbuild', () => {
  const importers = imports.filter(({ imported }) => imported === 'esbuild').map(({ file }) => file);
  expect(importers.length).toBeGreaterThan(0);
  expect(importers.filter((file) => !file.startsWith(ESBUILD_FOLDER))).toEqual([]);
});

test('the code that runs in Lambda comes only from runtime, contract, and routing', () => {
  const { metafile } = buildSync({ entryPoints: Object.values(RUNTIME_MODULES).map(({ source }) => path.join(LIB, 'runtime', source)), bundle: true, write: false, outdir: 'out', metafile: true, platform: 'node', format: 'esm', absWorkingDir: LIB });
  expect(Object.keys(metafile.inputs).filter((file) => !/^(runtime|contract|routing)\//.test(file))).toEqual([]);
  const externals = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path: name }) => name));
  expect(externals.filter((name) => !BUILTINS.has(name.replace(/^node:/, '')))).toEqual([]);
});
