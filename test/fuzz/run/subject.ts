/**
 * Builds the code under test from the sources, with or without a mutant.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, Plugin } from 'esbuild';
import { Mutant } from './concern';

const ROOT = join(__dirname, '../../..');

export async function loadSubject<S>(file: string, mutant?: Pick<Mutant, 'file' | 'find' | 'replace'>): Promise<S> {
  const path = join(ROOT, 'test/fuzz', file);
  const { outputFiles: [{ text }] } = await build({
    absWorkingDir: ROOT,
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    tsconfigRaw: {},
    plugins: [sources(mutant)],
  });
  const module = { exports: {} };
  // Evaluates the code in this realm, so that its errors and objects have the same classes as those of the tests.
  // eslint-disable-next-line no-new-func
  new Function('module', 'exports', 'require', '__filename', text)(module, module.exports, require, path);
  return module.exports as S;
}

/** Loads the sources instead of compiled files. `__dirname` is the folder of each source. */
function sources(mutant: Pick<Mutant, 'file' | 'find' | 'replace'> | undefined): Plugin {
  return {
    name: 'sources',
    setup({ onResolve, onLoad, onEnd }) {
      let mutated = false;
      onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) => {
        const source = join(resolveDir, path.replace(/\.js$/, '.ts'));
        return existsSync(source) ? { path: source } : undefined;
      });
      onLoad({ filter: /\/lib\/.*\.ts$/ }, ({ path }) => {
        let contents = readFileSync(path, 'utf8');
        if (mutant && path === join(ROOT, mutant.file)) {
          contents = mutate(contents, mutant);
          mutated = true;
        }
        return { contents: `const __dirname = ${JSON.stringify(dirname(path))};\n${contents}`, loader: 'ts' };
      });
      onEnd(() => (mutant && !mutated ? { errors: [{ text: `${mutant.file} is no part of the code under attack` }] } : undefined));
    },
  };
}

function mutate(source: string, { file, find, replace }: Pick<Mutant, 'file' | 'find' | 'replace'>): string {
  const parts = source.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`the mutant is stale: ${file} has ${JSON.stringify(find)} ${parts.length - 1} times, not once`);
}
