import * as fs from 'fs';
import * as path from 'path';
import { isIdentifier, toIdentifier } from './target';
import { LazyApiError } from '../../private/errors';
import { DiscoveredModule } from '../../routers/declaration';
import { pathKind } from '../../routers/path-kind';
import { checkNoTwins, listRouterDirectory } from '../../routers/router-directory';

/** The function that users call. */
const OF = 'PythonRouters.fromDirectory';

/** Private names, tests, and what pytest reads. */
const NOT_A_ROUTER = [/^[_.]/, /^test_/, /_test$/, /^conftest$/];

/** The router modules of a directory, sorted by name, so that the result is the same on every machine. */
export function discoverModules(directory: string): DiscoveredModule[] {
  const root = path.resolve(directory);
  const modules = listRouterDirectory(directory, OF).flatMap((entry) => moduleOf(directory, path.join(root, entry)));
  checkNoTwins(directory, modules);
  if (modules.length > 0) return modules;
  throw new LazyApiError('ROUTERS_EMPTY', `${directory} must contain at least one router, got none; add a module, like users.py, to ${root}`);
}

function moduleOf(directory: string, file: string): DiscoveredModule[] {
  const isDirectory = pathKind(file) === 'a directory';
  const name = isDirectory ? path.basename(file) : path.basename(file, '.py');
  if ((!isDirectory && path.extname(file) !== '.py') || NOT_A_ROUTER.some((pattern) => pattern.test(name))) return [];
  if (isDirectory && !hasModules(file)) return [];
  checkName(directory, path.basename(file), name);
  return [{ name, file: isDirectory ? packageFile(directory, file) : file }];
}

/** A directory of templates is not a router. */
function hasModules(folder: string): boolean {
  return fs.readdirSync(folder).some((name) => name.endsWith('.py'));
}

function checkName(directory: string, file: string, name: string): void {
  if (isIdentifier(name)) return;
  throw new LazyApiError(
    'ENTRY_NAME',
    `${path.join(directory, file)} must have a name that Python can import, got "${file}"; rename it to ${file.replace(name, toIdentifier(name))}, `
    + 'and use PythonRouters.fromMap if the prefix must have another name',
  );
}

function packageFile(directory: string, folder: string): string {
  const file = path.join(folder, '__init__.py');
  if (fs.existsSync(file)) return file;
  const [shown, name] = [path.join(directory, path.basename(folder)), path.basename(folder)];
  throw new LazyApiError(
    'ROUTER_WITHOUT_INDEX',
    `${shown} is a directory without __init__.py, so it cannot be a router; add ${shown}/__init__.py, or rename it to _${name} if it is not a router`,
  );
}
