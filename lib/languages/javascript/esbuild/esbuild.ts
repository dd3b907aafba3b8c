import * as fs from 'fs';
import { builtinModules } from 'module';
import * as path from 'path';
import type * as esbuild from 'esbuild';
import { BuildJob, BuildResult, BundledChunk, Bundler } from '../bundler';
import { findMetadataFiles, findTypeScript } from '../decorators/decorator-metadata';
import { MAIN_FILE } from '../entry-source';
import { withCommonJsNames } from './commonjs-names';
import { formatMessages, withJsxAdvice, withOurErrors } from './esbuild-errors';
import { bannerOf, dropUnusedBanner, esbuildOptions } from './esbuild-options';
import { Esbuild, withEsbuild } from './find-esbuild';
import { RUNTIME_MODULES, RuntimeModuleFile, runtimeModuleName } from '../../../contract/javascript/runtime-modules';
import { InternalError, LazyApiError } from '../../../private/errors';
import { buildWithMetadata } from '../decorators/build-with-metadata';

type Output = esbuild.Metafile['outputs'][string];

/** esbuild names the output of a text entry so, whatever its `sourcefile`. */
const STDIN_NAME = 'stdin.mjs';

export class EsbuildBundler implements Bundler {
  public build(job: BuildJob): BuildResult {
    return withEsbuild(job.lookupDirectory, (engine) => buildWith(engine, job));
  }
}

function buildWith(engine: Esbuild, job: BuildJob): BuildResult {
  if (job.options.banner !== undefined) checkBanner(engine, job.options.banner);
  const result = run(engine, job);
  const { inputs, outputs } = result.metafile;
  const files = result.outputFiles.map((output) => {
    const file = path.relative(path.join(job.projectRoot, 'out'), output.path);
    return { path: assetPath(file), contents: assetContents(file, output) };
  });
  const sizes = new Map(files.map((file) => [file.path, file.contents.length]));
  return {
    files,
    chunks: Object.entries(outputs).filter(([file]) => isCode(file)).map(([file, output]) => toChunk(file, output, sizes)),
    imports: importsOf(inputs, false),
    importedExternals: importsOf(inputs, true),
    warnings: formatMessages(engine, result.warnings.map(withJsxAdvice), 'warning'),
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

/** A build copies the banner into each chunk as it is, so that a mistake in it would look like one of the routers. */
function checkBanner(engine: Esbuild, banner: string): void {
  try {
    engine.transformSync(bannerOf(banner), { logLevel: 'silent' });
  } catch (error) {
    const [{ text }] = (error as esbuild.TransformFailure).errors;
    const message = `bundling.banner must be JavaScript that can start an ES module, got "${banner}": ${text}`;
    throw new LazyApiError('BUNDLING_OPTION', message, { cause: error });
  }
}

/** Builds once. Where esbuild has met decorators that expect metadata of types, it builds again with the project's TypeScript in front. */
function run(engine: Esbuild, job: BuildJob) {
  const { projectRoot, options: { tsconfig } } = job;
  const options = esbuildOptions(job, runtimeSources());
  const result = withOurErrors(engine, () => engine.buildSync(options));
  const roots = findMetadataFiles(Object.keys(result.metafile.inputs), projectRoot, tsconfig);
  if (roots.length === 0) return result;
  const typescript = findTypeScript(roots[0], projectRoot);
  const build = { esbuild: engine.file, typescript, options, tsconfig: options.tsconfig, roots };
  return withOurErrors(engine, () => buildWithMetadata<esbuild.Metafile>(build));
}

/** The runtime's modules as text, by the name under which a bundle imports them. */
function runtimeSources(): { readonly [module: string]: string } {
  const read = (file: string) => {
    const found = path.join(__dirname, '..', '..', '..', 'runtime', file);
    if (!fs.existsSync(found)) throw new InternalError(`${found} is missing from the package`);
    return fs.readFileSync(found, 'utf8');
  };
  return Object.fromEntries((Object.keys(RUNTIME_MODULES) as RuntimeModuleFile[]).map((file) => [runtimeModuleName(file), read(`${file}.mjs`)]));
}

/** The text entry's output gets the name that the generated index imports. */
function assetPath(file: string): string {
  const posix = file.split(path.sep).join('/');
  return isStdin(posix) ? posix.replace(STDIN_NAME, MAIN_FILE) : posix;
}

function assetContents(file: string, { contents, text }: Pick<esbuild.OutputFile, 'contents' | 'text'>): Uint8Array {
  if (!isCode(file) && !isStdin(file)) return contents;
  const named = isStdin(file) ? text.replace(`sourceMappingURL=${STDIN_NAME}`, `sourceMappingURL=${MAIN_FILE}`) : text;
  return Buffer.from(isCode(file) ? dropUnusedBanner(isShared(file) ? withCommonJsNames(named) : named) : named);
}

/** Routers and parts are looked at by the runtime itself. */
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
