import * as fs from 'fs';
import { builtinModules, createRequire } from 'module';
import * as path from 'path';
import type * as esbuild from 'esbuild';
import { BuildJob, BuildResult, Bundler, Chunk } from './bundler';
import { MAIN_FILE, RUNTIME_MODULE, RUNTIME_PARTS } from './entry-source';
import { esbuildOptions } from './esbuild-options';
import { InternalError, LazyApiError } from '../private/errors';

type Esbuild = Pick<typeof esbuild, 'buildSync' | 'formatMessagesSync' | 'version'>;
type Output = esbuild.Metafile['outputs'][string];

/** The first version whose `alias` and `define` do what a build needs. */
const OLDEST_ESBUILD = [0, 21];

/** esbuild names the output of a text entry so, whatever its `sourcefile`. */
const STDIN_NAME = 'stdin.mjs';

export class EsbuildBundler implements Bundler {
  public build(job: BuildJob): BuildResult {
    const engine = resolveEsbuild(job.projectRoot);
    const result = run(engine, job);
    const { outputs } = result.metafile;
    return {
      files: result.outputFiles.map((file) => ({
        path: assetPath(path.relative(path.join(job.projectRoot, 'out'), file.path)),
        contents: assetContents(file),
      })),
      chunks: Object.entries(outputs).filter(([file]) => file.endsWith('.mjs')).map(([file, output]) => toChunk(file, output)),
      warnings: format(engine, result.warnings, 'warning'),
    };
  }
}

/**
 * The user's own esbuild first, so that its version is theirs to choose; then ours, an optional dependency; last the
 * WebAssembly build inside our package, for CDK apps in other languages, which have nothing else.
 */
export function resolveEsbuild(projectRoot: string, resolvers = [fromProject(projectRoot), fromLibrary('esbuild'), fromLibrary('esbuild-wasm')]): Esbuild {
  for (const resolve of resolvers) {
    const found = resolve();
    if (found && isRecent(found.version)) return found;
  }
  throw new LazyApiError('ESBUILD_MISSING', `found no esbuild ${OLDEST_ESBUILD.join('.')} or newer for ${projectRoot}; run "npm install --save-dev esbuild" there`);
}

function fromProject(projectRoot: string): () => Esbuild | undefined {
  return () => load(createRequire(path.join(projectRoot, 'noop.js')), 'esbuild');
}

function fromLibrary(name: string): () => Esbuild | undefined {
  return () => load(createRequire(__filename), name);
}

function load(require: NodeJS.Require, name: string): Esbuild | undefined {
  try {
    return require(name) as Esbuild;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw new LazyApiError('ESBUILD_BROKEN', `${name} cannot be loaded: ${(error as Error).message}`, { cause: error });
  }
}

function isRecent(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_ESBUILD[0] || minor >= OLDEST_ESBUILD[1];
}

function run(engine: Esbuild, job: BuildJob) {
  try {
    return engine.buildSync(esbuildOptions(job, runtimeSources()));
  } catch (error) {
    const { errors } = error as Partial<esbuild.BuildFailure>;
    if (!errors) throw error;
    throw new LazyApiError('BUNDLING_FAILED', `the routers do not compile\n\n${format(engine, errors, 'error').join('\n')}`);
  }
}

function format(engine: Esbuild, messages: esbuild.PartialMessage[], kind: 'error' | 'warning'): string[] {
  return messages.length === 0 ? [] : engine.formatMessagesSync(messages, { kind, color: false }).map((text) => text.trimEnd());
}

/** The runtime's modules as text, by the name under which a bundle imports them. */
function runtimeSources(): { readonly [module: string]: string } {
  const read = (file: string) => {
    const found = path.join(__dirname, '..', 'runtime', file);
    if (!fs.existsSync(found)) throw new InternalError(`${found} is missing from the package`);
    return fs.readFileSync(found, 'utf8');
  };
  return Object.fromEntries([[RUNTIME_MODULE, 'index.mjs'], ...Object.entries(RUNTIME_PARTS)].map(([module, file]) => [module, read(file)]));
}

/** The text entry's output gets the name that the generated index imports. */
function assetPath(file: string): string {
  return file.split(path.sep).join('/').replace(STDIN_NAME, MAIN_FILE);
}

function assetContents({ path: file, contents, text }: esbuild.OutputFile): Uint8Array {
  if (!path.basename(file).startsWith(STDIN_NAME)) return contents;
  return Buffer.from(text.replace(`sourceMappingURL=${STDIN_NAME}`, `sourceMappingURL=${MAIN_FILE}`));
}

function toChunk(file: string, output: Output): Chunk {
  const relative = (output_: string) => assetPath(path.posix.relative('out', output_));
  return {
    file: relative(file),
    bytes: output.bytes,
    imports: output.imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map((i) => relative(i.path)),
    entryPoint: output.entryPoint,
    exports: output.exports,
    externals: [...new Set(output.imports.filter(({ external, path: name }) => external && !isBuiltin(name)).map((i) => i.path))],
    inputs: Object.fromEntries(Object.entries(output.inputs).map(([input, { bytesInOutput }]) => [input, bytesInOutput])),
  };
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}
