import * as fs from 'fs';
import * as path from 'path';
import { LazyApiError } from '../../private/errors';
import { DiscoveredModule } from '../../routers/declaration';
import { pathKind } from '../../routers/path-kind';
import { checkNoTwins, listRouterDirectory } from '../../routers/router-directory';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const NOT_A_ROUTER = [/^[_.]/, /\.(test|spec)$/, /\.d$/];

/** The router modules of a directory, sorted by name, so that the result is the same on every machine. */
export function discoverModules(directory: string): DiscoveredModule[] {
  const root = path.resolve(directory);
  const entries = withoutCompiled(listRouterDirectory(directory));
  const modules = entries.flatMap((entry): DiscoveredModule[] => {
    const isDirectory = pathKind(path.join(root, entry)) === 'a directory';
    const extension = isDirectory ? '' : path.extname(entry);
    const name = path.basename(entry, extension);
    if (NOT_A_ROUTER.some((pattern) => pattern.test(name)) || name === 'node_modules') return [];
    if (isDirectory) return [{ name, file: indexOf(directory, path.join(root, entry)) }];
    return EXTENSIONS.includes(extension) ? [{ name, file: path.join(root, entry) }] : [];
  });
  checkNoIndex(directory, modules);
  checkNoTwins(directory, modules);
  if (modules.length === 0) {
    throw new LazyApiError('ROUTERS_EMPTY', `${directory} must contain at least one router, got none; add a module, like users.ts, to ${root}`);
  }
  return modules;
}

/** Removes the JavaScript that `tsc` wrote next to its sources: `users.js` if `users.ts` exists. */
function withoutCompiled(files: readonly string[]): string[] {
  const all = new Set(files);
  return files.filter((file) => {
    const source = /^(.*)\.([cm]?)js$/.exec(file);
    return !source || !(all.has(`${source[1]}.${source[2]}ts`) || all.has(`${source[1]}.tsx`));
  });
}

function indexOf(directory: string, folder: string): string {
  const files = EXTENSIONS.map((extension) => `index${extension}`).filter((file) => fs.existsSync(path.join(folder, file)));
  const found = withoutCompiled(files).map((file) => path.join(folder, file));
  const shown = path.join(directory, path.basename(folder));
  if (found.length > 1) {
    throw new LazyApiError('ROUTER_TWICE', `${shown} has two index modules, ${found.map((file) => path.basename(file)).join(' and ')}; keep one`);
  }
  if (found.length === 0) {
    throw new LazyApiError(
      'ROUTER_WITHOUT_INDEX',
      `${shown} is a directory without an index module, so it cannot be a router; add ${shown}/index.ts, `
      + `or rename it to _${path.basename(folder)} if it is not a router`,
    );
  }
  return found[0];
}

/** An index module at the top level is a barrel that imports every router. As a router, it would defeat lazy loading. */
function checkNoIndex(directory: string, modules: readonly DiscoveredModule[]): void {
  const index = modules.find(({ name }) => name === 'index');
  if (index) {
    throw new LazyApiError(
      'ROUTER_INDEX',
      `${path.join(directory, path.basename(index.file))} would be a router at "/index"; rename it to _${path.basename(index.file)} `
      + 'if it only collects the routers, or use Routers.fromMap to mount it elsewhere',
    );
  }
}
