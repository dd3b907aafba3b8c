import { createRequire } from 'module';
import * as path from 'path';
import type * as esbuild from 'esbuild';
import { LazyApiError } from '../../../private/errors';

export interface Esbuild extends Pick<typeof esbuild, 'buildSync' | 'context' | 'formatMessagesSync' | 'transformSync' | 'version'> {
  /** The path of its module. */
  readonly file: string;
}

/** The first version whose `alias` and `define` do what a build needs. */
const OLDEST_ESBUILD = [0, 21];

/** Looks for esbuild in one place. Returns undefined if it is not there. */
export type EsbuildResolver = () => Esbuild | undefined;

/**
 * Uses the user's own esbuild first, so that users choose the version. The second choice is the library's optional dependency. The last choice is the
 * WebAssembly build in this package, for CDK apps in other languages, which have no other esbuild. A version that is too old, or whose binary is for
 * another platform, is skipped.
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

/** The esbuild that runs here. */
export function findEsbuild(lookupDirectory: string): Esbuild {
  return withEsbuild(lookupDirectory, (engine) => {
    engine.transformSync('');
    return engine;
  });
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

/** Why the binary does not run here. The presence of the package does not tell. */
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
