import * as path from 'path';
import { Discover, RouterDeclaration } from './declaration';

/** The directories of routers. Only a router that was found in a directory has a name. */
export function routerDirectories(declarations: readonly RouterDeclaration[]): string[] {
  const found = declarations.filter(({ name }) => name !== undefined);
  return [...new Set(found.map(({ name, entry }) => {
    const directory = path.dirname(entry);
    return path.basename(entry, path.extname(entry)) === name ? directory : path.dirname(directory);
  }))];
}

/** The modules in these directories that are not declared. */
export function newRouters(declarations: readonly RouterDeclaration[], discover: Discover): string[] {
  const known = new Set(declarations.map(({ entry }) => entry));
  return routerDirectories(declarations).flatMap((directory) => modulesIn(directory, discover)).filter((file) => !known.has(file));
}

/** Ignores problems of a directory, because synthesis reports them. */
function modulesIn(directory: string, discover: Discover): string[] {
  try {
    return discover(directory).map(({ file }) => file);
  } catch {
    return [];
  }
}
