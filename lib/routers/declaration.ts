import * as path from 'path';
import { RouterOptions, RouterProps, RoutersFromDirectoryOptions } from './router-options';
import { aBoolean, aKnownString, checkProp, checkOptionsOf, mapOf, must, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { parsePrefix } from '../routing/prefix';
import { isProblem } from '../routing/problem';

/** A router as the user declared it. Only the types of its options are checked. */
export interface RouterDeclaration {
  readonly prefix: string;
  /** The absolute path of the router's module. */
  readonly entry: string;
  /** The path as the user wrote it. */
  readonly typed: string;
  /** A short name, if the declaration has one. */
  readonly name?: string;
  /** How the user named the router, for errors. */
  readonly label: string;
  readonly options: RouterOptions;
}

/** A module of a directory of routers. */
export interface DiscoveredModule {
  /** The name of the file without its extension, or the name of the directory. */
  readonly name: string;
  /** The absolute path. */
  readonly file: string;
}

/** Finds the modules of a directory that are routers. */
export type Discover = (directory: string) => readonly DiscoveredModule[];

/** resolve-routers.ts checks the range, together with the sum of all shares. */
const aShare = must('a fraction, more than 0 and at most 1', (value) => typeof value === 'number');

export const ROUTER_OPTIONS = optional({ preload: aBoolean, trafficShare: aShare, stripPrefix: aBoolean });

const FROM_MAP = mapOf(objectOf<RouterProps>({ entry: aKnownString, ...ROUTER_OPTIONS }));

const FROM_DIRECTORY = objectOf<RoutersFromDirectoryOptions>(optional({
  basePath: aKnownString,
  overrides: mapOf(objectOf<RouterOptions>(ROUTER_OPTIONS)),
}));

/** Declares each module of a directory as a router, below the base path. `of` names the function that the user called. */
export function declareDirectory(
  directory: string, options: RoutersFromDirectoryOptions, discover: Discover, of = 'Routers.fromDirectory',
): RouterDeclaration[] {
  checkProp('ROUTERS', `${of}: directory`, directory, aKnownString);
  checkOptionsOf('ROUTERS', of, options, FROM_DIRECTORY);
  const { basePath = '/', overrides = {} } = options;
  const parsed = parsePrefix(basePath, 'basePath');
  if (isProblem(parsed)) throw new LazyApiError(parsed.code, parsed.message);

  const modules = discover(directory);
  checkOverrides(directory, modules, overrides);
  return modules.map(({ name, file }) => ({
    prefix: `${basePath === '/' ? '' : basePath}/${name}`,
    entry: file,
    typed: file,
    name,
    label: path.join(directory, path.relative(path.resolve(directory), file)),
    options: Object.hasOwn(overrides, name) ? overrides[name] : {},
  }));
}

/** Declares routers by their prefixes. */
export function declareMap(routers: { readonly [prefix: string]: RouterProps }): RouterDeclaration[] {
  checkProp('ROUTERS', 'routers', routers, FROM_MAP);
  const declarations = Object.entries(routers).map(([prefix, { entry, ...options }]) => ({
    prefix,
    entry: path.resolve(entry),
    typed: entry,
    label: `routers["${prefix}"]`,
    options,
  }));
  if (declarations.length > 0) return declarations;
  throw new LazyApiError('ROUTERS_EMPTY', 'Routers.fromMap must have at least one router, got none; '
    + 'add one, like { "/users": { entry: "src/users.ts" } }');
}

/** A name that matches no router is a typo. */
function checkOverrides(directory: string, modules: readonly DiscoveredModule[], overrides: { readonly [name: string]: RouterOptions }): void {
  const names = modules.map(({ name }) => name);
  const typo = Object.keys(overrides).find((name) => !names.includes(name));
  if (typo === undefined) return;
  throw new LazyApiError('OVERRIDE_UNMATCHED', `overrides["${typo}"] must name a router in ${directory}; the routers are ${names.join(', ')}`);
}
