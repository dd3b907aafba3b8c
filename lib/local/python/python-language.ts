import * as fs from 'node:fs';
import * as path from 'node:path';
import { findLocalPython } from './find-local-python';
import { pythonAsset } from './python-asset';
import { pythonCommand } from './python-command';
import { PythonRebuild } from './python-rebuild';
import { toVerifiablePython } from './to-verifiable';
import { codeFromRecipe } from '../../languages/python/code-from-recipe';
import { EMPTY_FUNCTION } from '../../languages/python/empty-function';
import { INDEX_FILE } from '../../languages/python/entry-source';
import { pythonVersion } from '../../languages/python/python-version';
import { toLocalFunction } from '../assembly/to-local-function';
import type { FoundRuntime } from '../language/found-runtime';
import type { LocalLanguage } from '../language/local-language';
import type { Programs } from '../language/programs';

/** Routers in Python. */
export const PYTHON: LocalLanguage = {
  name: 'Python',
  program: 'python',
  indexFile: INDEX_FILE,
  inlineFile: 'index.py',
  emptyFunction: EMPTY_FUNCTION,
  defaultsOf: (asset) => ({ handler: `${path.parse(INDEX_FILE).name}.handler`, runtime: `python${compiledFor(asset) ?? '3.13'}` }),
  hasRuntime: (runtime) => /^python3\.\d+$/.test(runtime),
  findRuntime,
  runtimeAt: (python, runtime) => ({ notes: [], command: (fn) => pythonCommand(python, runtime, fn) }),
  restoreCode: (api) => {
    const { directory, description: { code: { recipe }, function: fn } } = api;
    const { fn: { environment } } = toLocalFunction(api, {});
    return codeFromRecipe(recipe, { ...fn, environment }, (file) => path.resolve(directory, file));
  },
  localAsset: pythonAsset,
  startRebuild: (api, programs) => new PythonRebuild(api, programs),
  toVerifiable: toVerifiablePython,
};

function findRuntime(runtime: string, { python: given }: Programs): FoundRuntime {
  const { python: { path: python }, warning } = findLocalPython(pythonVersion(runtime), given);
  return { notes: warning === undefined ? [] : [warning], command: (fn) => pythonCommand(python, runtime, fn) };
}

/** The version of Python that the bytecode of an asset is for. Undefined for an asset without bytecode. */
function compiledFor(asset: string): string | undefined {
  const cache = path.join(asset, '__pycache__');
  const names = fs.existsSync(cache) ? fs.readdirSync(cache) : [];
  return names.flatMap((name) => /\.cpython-3(\d+)\.pyc$/.exec(name)?.slice(1) ?? []).map((minor) => `3.${minor}`)[0];
}
