import * as fs from 'fs';
import * as path from 'path';
import type { DiscoveredModule } from './declaration';
import { oddity, pathKind } from './path-kind';
import { LazyApiError } from '../private/errors';

/** The names in a directory of routers, sorted. `of` names the function that the user called. */
export function listRouterDirectory(directory: string, of = 'Routers.fromDirectory'): string[] {
  const root = path.resolve(directory);
  const kind = pathKind(root);
  try {
    if (kind === 'a directory') return fs.readdirSync(root).sort();
  } catch (error) {
    const { message } = error as Error;
    throw new LazyApiError('ROUTERS_DIRECTORY', `${of}: directory must be readable, got "${directory}"; ${message}`);
  }
  throw new LazyApiError(
    'ROUTERS_DIRECTORY',
    `${of}: directory must be an existing directory, got "${directory}"; looked for ${root}`
    + (path.isAbsolute(directory) ? '' : ', because relative paths are resolved from the directory that the CDK app runs in') + oddity(kind),
  );
}

/** Throws an error if two modules of a directory would be the same router. */
export function checkNoTwins(directory: string, modules: readonly DiscoveredModule[]): void {
  const seen = new Map<string, DiscoveredModule>();
  for (const module of modules) {
    const twin = seen.get(module.name);
    if (twin) {
      const [a, b] = [twin, module].map(({ file }) => path.join(directory, path.relative(path.resolve(directory), file)));
      throw new LazyApiError('ROUTER_TWICE', `${a} and ${b} are both the router "${module.name}"; keep one`);
    }
    seen.set(module.name, module);
  }
}
