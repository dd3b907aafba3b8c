import { builtinModules } from 'module';
import * as path from 'path';
import type * as esbuild from 'esbuild';
import { BuildResult, BundledChunk } from '../bundler';
import { MAIN_FILE } from '../entry-source';
import { withCommonJsNames } from './commonjs-names';
import { formatMessages, withJsxAdvice } from './esbuild-errors';
import { dropUnusedBanner } from './esbuild-options';
import { Esbuild } from './find-esbuild';

/** The result of an esbuild build. */
export interface EsbuildResult {
  readonly outputFiles: ReadonlyArray<Pick<esbuild.OutputFile, 'path' | 'contents' | 'text'>>;
  readonly metafile: esbuild.Metafile;
  readonly warnings: readonly esbuild.Message[];
}

type Output = esbuild.Metafile['outputs'][string];

/** The name that esbuild gives the output of a text entry, regardless of its `sourcefile`. */
const STDIN_NAME = 'stdin.mjs';

export function toBuildResult(engine: Esbuild, projectRoot: string, { outputFiles, metafile, warnings }: EsbuildResult): BuildResult {
  const { inputs, outputs } = metafile;
  const files = outputFiles.map((output) => {
    const file = path.relative(path.join(projectRoot, 'out'), output.path);
    return { path: assetPath(file), contents: assetContents(file, output) };
  });
  const sizes = new Map(files.map((file) => [file.path, file.contents.length]));
  return {
    files,
    chunks: Object.entries(outputs).filter(([file]) => isCode(file)).map(([file, output]) => toChunk(file, output, sizes)),
    imports: importsOf(inputs, false),
    importedExternals: importsOf(inputs, true),
    warnings: formatMessages(engine, warnings.map(withJsxAdvice), 'warning'),
    copied: copiedFiles(outputs),
  };
}

function importsOf(inputs: esbuild.Metafile['inputs'], areExternal: boolean): BuildResult['imports'] {
  return Object.fromEntries(Object.entries(inputs).map(([file, { imports }]) => [
    file, imports.filter(({ external = false }) => external === areExternal).map((one) => one.path),
  ]));
}

/** The outputs of the loaders `copy` and `file`. */
function copiedFiles(outputs: esbuild.Metafile['outputs']): BuildResult['copied'] {
  const copies = Object.entries(outputs).filter(([file]) => file.startsWith('out/assets/'));
  return Object.fromEntries(copies.map(([file, { inputs }]) => [path.posix.relative('out', file), Object.keys(inputs)[0]]));
}

/** The output of the text entry gets the name that the generated index imports. */
function assetPath(file: string): string {
  const posix = file.split(path.sep).join('/');
  return isStdin(posix) ? posix.replace(STDIN_NAME, MAIN_FILE) : posix;
}

function assetContents(file: string, { contents, text }: Pick<esbuild.OutputFile, 'contents' | 'text'>): Uint8Array {
  if (!isCode(file) && !isStdin(file)) return contents;
  const named = isStdin(file) ? text.replace(`sourceMappingURL=${STDIN_NAME}`, `sourceMappingURL=${MAIN_FILE}`) : text;
  return Buffer.from(isCode(file) ? dropUnusedBanner(isShared(file) ? withCommonJsNames(named) : named) : named);
}

/** The runtime itself reads the exports of routers and parts. */
function isShared(file: string): boolean {
  return file.startsWith('shared');
}

function isCode(file: string): boolean {
  return file.endsWith('.mjs');
}

function isStdin(file: string): boolean {
  return file === STDIN_NAME || file === `${STDIN_NAME}.map`;
}

function toChunk(file: string, output: Output, sizes: ReadonlyMap<string, number>): BundledChunk {
  const relative = (output_: string) => assetPath(path.posix.relative('out', output_));
  const externals = output.imports.filter(({ external, path: name }) => external && !isBuiltin(name));
  const chunksOf = (kind: esbuild.ImportKind) => output.imports.filter((i) => isChunkImport(i, kind)).map((i) => relative(i.path));
  const namesOf = (imports: typeof externals) => [...new Set(imports.map(({ path: name }) => name))];
  return {
    file: relative(file),
    bytes: sizes.get(relative(file))!,
    imports: chunksOf('import-statement'),
    dynamicImports: chunksOf('dynamic-import'),
    exports: output.exports,
    externals: namesOf(externals),
    loadedExternals: namesOf(externals.filter(({ kind }) => kind !== 'dynamic-import')),
    inputs: Object.fromEntries(Object.entries(output.inputs).map(([input, { bytesInOutput }]) => [input, bytesInOutput])),
  };
}

function isChunkImport({ kind, external, path: file }: Output['imports'][number], wanted: esbuild.ImportKind): boolean {
  return kind === wanted && !external && isCode(file);
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}
