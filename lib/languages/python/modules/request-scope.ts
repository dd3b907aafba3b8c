import * as path from 'path';
import { ObservedScope, REQUEST_SCOPE } from './observation';
import { CodeFile } from '../../../routers/built-code';
import { ObservedImport } from '../../../routers/preload/observed-import';
import { RUNTIME_DIRECTORY } from '../entry-source';

/** The code that is observed, and what its imports were. */
export interface ObservedCode {
  readonly scopes: readonly ObservedScope[];
  /** The files of the asset, without dependencies. */
  readonly files: readonly CodeFile[];
  readonly hostDirectory?: string;
}

/** The runtime package and the generated modules load what they need themselves. */
const OF_RUNTIME = new RegExp(`^${RUNTIME_DIRECTORY}(/|_\\w+\\.py$)`);

/** What smoke requests have imported in addition to the other scopes. */
export function requestScope(imports: readonly ObservedImport[], { scopes, files, hostDirectory = '' }: ObservedCode): ObservedScope {
  const own = imports.filter(({ from, file }) => !OF_RUNTIME.test(from) && !OF_RUNTIME.test(file));
  const known = new Set(scopes.flatMap(({ modules }) => modules.map(({ name }) => name)));
  const inAsset = new Set(files.map((file) => file.path));
  const added = [...new Set(own.flatMap(({ from, file }) => [from, file]))].filter((file) => !known.has(moduleOf(file)));
  return {
    scope: REQUEST_SCOPE,
    modules: added.map((file) => ({ name: moduleOf(file), file: inAsset.has(file) ? file : path.join(hostDirectory, file), standard: false })),
    edges: own.map(({ from, file }) => [moduleOf(from), moduleOf(file)]),
    error: null,
    routeNames: null,
  };
}

/** `api.users` for `api/users.py`, `orm` for `orm/__init__.py`, `orm._fast` for `orm/_fast.cpython-313-x86_64-linux-gnu.so` */
function moduleOf(file: string): string {
  const folder = path.posix.dirname(file);
  const name = path.posix.basename(file).split('.')[0];
  return [...folder === '.' ? [] : folder.split('/'), ...name === '__init__' ? [] : [name]].join('.');
}
