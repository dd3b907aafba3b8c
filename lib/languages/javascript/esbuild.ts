import * as fs from 'fs';
import { builtinModules, createRequire } from 'module';
import * as path from 'path';
import type * as esbuild from 'esbuild';
import { buildWithMetadata } from './build-with-metadata';
import { BuildJob, BuildResult, BundledChunk, Bundler } from './bundler';
import { findMetadataFiles, findTypeScript } from './decorator-metadata';
import { MAIN_FILE } from './entry-source';
import { bannerOf, dropUnusedBanner, esbuildOptions } from './esbuild-options';
import { nativeAdvice } from './native-advice';
import { originOf } from './origin';
import { RUNTIME_MODULES, RuntimeModuleFile, runtimeModuleName } from '../../contract/javascript/runtime-modules';
import { InternalError, LazyApiError } from '../../private/errors';

interface Esbuild extends Pick<typeof esbuild, 'buildSync' | 'formatMessagesSync' | 'transformSync' | 'version'> {
  /** The path of its module. */
  readonly file: string;
}

type Output = esbuild.Metafile['outputs'][string];

/** The first version whose `alias` and `define` do what a build needs. */
const OLDEST_ESBUILD = [0, 21];

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
    warnings: format(engine, result.warnings, 'warning'),
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

/** What is tried for an esbuild: undefined where there is none. */
export type EsbuildResolver = () => Esbuild | undefined;

/**
 * Uses the user's own esbuild first, so that its version is theirs to choose; then ours, an optional dependency; last the
 * WebAssembly build inside our package, for CDK apps in other languages, which have nothing else. One that is too old, or that
 * does not run here (its binary is for another platform), is passed over.
 */
export function withEsbuild<T>(lookupDirectory: string, use: (engine: Esbuild) => T, resolvers = defaultResolvers(lookupDirectory)): T {
  const passedOver: string[] = [];
  for (const resolve of resolvers) {
    let engine: Esbuild | undefined;
    try {
      engine = resolve();
      if (engine && isRecent(engine.version)) return use(engine);
      if (engine) passedOver.push(`version ${engine.version} is too old`);
    } catch (error) {
      const defect = engine ? defectOf(engine) : error;
      if (!defect) throw error;
      passedOver.push((defect as Error).message);
    }
  }
  throw new LazyApiError(
    'ESBUILD_MISSING',
    `found no esbuild ${OLDEST_ESBUILD.join('.')} or newer from ${lookupDirectory} upward; run "npm install --save-dev esbuild" there`
    + passedOver.map((reason) => `\npassed over: ${reason}`).join(''),
  );
}

function defaultResolvers(lookupDirectory: string): EsbuildResolver[] {
  const fromProject = createRequire(path.join(lookupDirectory, 'noop.js'));
  const fromLibrary = createRequire(__filename);
  return [() => load(fromProject, 'esbuild'), () => load(fromLibrary, 'esbuild'), () => load(fromLibrary, 'esbuild-wasm')];
}

function load(require: NodeJS.Require, name: string): Esbuild | undefined {
  try {
    return { ...require(name) as Esbuild, file: require.resolve(name) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Why the binary does not run here: the package alone does not tell. */
function defectOf(engine: Esbuild): unknown {
  try {
    engine.transformSync('');
    return undefined;
  } catch (error) {
    return error;
  }
}

function isRecent(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_ESBUILD[0] || minor >= OLDEST_ESBUILD[1];
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

function withOurErrors<T>(engine: Esbuild, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof InternalError) throw error;
    const { errors = [], message: whole } = error as Partial<esbuild.BuildFailure> & Error;
    const refused = errors.length === 0 ? whole : errors.find((problem) => isAboutOption(problem))?.text;
    if (refused !== undefined) throw new LazyApiError('BUNDLING_OPTION', `bundling: esbuild refuses an option: ${refused}`, { cause: error });
    const located = errors.map(({ notes, ...message }) => ({ ...message, notes: betterNotes(message, notes) }));
    throw new LazyApiError('BUNDLING_FAILED', `the routers do not compile\n\n${format(engine, located, 'error').join('\n')}`);
  }
}

/** What is in no file, or is an exception of esbuild's own, is not about the code. */
function isAboutOption({ location, detail, pluginName }: esbuild.Message): boolean {
  return pluginName === '' && (!location || detail !== undefined);
}

/** What to do about an error, in place of advice that does not help on Lambda. */
function betterNotes(message: Pick<esbuild.Message, 'text' | 'location'>, notes: readonly esbuild.Note[]): esbuild.PartialNote[] {
  const advice = nativeAdvice(message.text);
  return [...notes.map((note) => betterNote(note, message)), ...advice === undefined ? [] : [{ text: advice }]];
}

/** esbuild's own advice for a missing package is to leave it out, which only moves the failure to Lambda, unless another package can do without. */
function betterNote(note: esbuild.Note, { text, location }: Pick<esbuild.Message, 'text' | 'location'>): esbuild.Note {
  if (!note.text.startsWith('You can mark the path')) return note;
  const installed = 'Is it a dependency of the project, and is it installed?';
  const name = /"([^"]+)"/.exec(text)?.[1];
  const importer = location ? originOf(location.file) : undefined;
  if (importer?.kind !== 'package' || name === undefined) return { ...note, text: installed };
  return { ...note, text: `${installed} If ${importer.name} can do without it, leave it out: bundling.externalModules: ["${name}"]` };
}

function format(engine: Esbuild, messages: esbuild.PartialMessage[], kind: 'error' | 'warning'): string[] {
  return messages.length === 0 ? [] : engine.formatMessagesSync(messages, { kind, color: false }).map((text) => text.trimEnd());
}

/** The runtime's modules as text, by the name under which a bundle imports them. */
function runtimeSources(): { readonly [module: string]: string } {
  const read = (file: string) => {
    const found = path.join(__dirname, '..', '..', 'runtime', file);
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
  return Buffer.from(isCode(file) ? dropUnusedBanner(named) : named);
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
  const namesOf = (imports: typeof externals) => [...new Set(imports.map(({ path: name }) => name))];
  return {
    file: relative(file),
    bytes: sizes.get(relative(file))!,
    imports: output.imports.filter(isChunkImport).map((i) => relative(i.path)),
    exports: output.exports,
    externals: namesOf(externals),
    loadedExternals: namesOf(externals.filter(({ kind }) => kind !== 'dynamic-import')),
    inputs: Object.fromEntries(Object.entries(output.inputs).map(([input, { bytesInOutput }]) => [input, bytesInOutput])),
  };
}

function isChunkImport({ kind, external, path: file }: Output['imports'][number]): boolean {
  return kind === 'import-statement' && !external && isCode(file);
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}
