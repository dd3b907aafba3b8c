import * as path from 'path';
import { discoverModules } from './discover';
import { aBoolean, aKnownString, demand, demandOptions, mapOf, must, objectOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { RouterDeclaration } from '../../routers/declaration';
import { RouterOptions, RouterProps, RoutersFromDirectoryOptions } from '../../routers/router-options';
import { parsePrefix } from '../../routing/prefix';
import { isProblem } from '../../routing/problem';

/** resolve-routers.ts checks the range, together with the sum of all shares. */
const aShare = must('a fraction, more than 0 and at most 1', (value) => typeof value === 'number');

const ROUTER_OPTIONS = optional({ preload: aBoolean, trafficShare: aShare, stripPrefix: aBoolean });

const FROM_MAP = mapOf(objectOf<RouterProps>({ entry: aKnownString, ...ROUTER_OPTIONS }));

const FROM_DIRECTORY = objectOf<RoutersFromDirectoryOptions>(optional({
  basePath: aKnownString,
  overrides: mapOf(objectOf<RouterOptions>(ROUTER_OPTIONS)),
}));

/**
 * The routers of an API: which module serves which path prefix.
 */
export abstract class Routers {
  /**
   * Every top-level module of a directory is one router: `providers.ts`, or `providers/index.ts`.
   *
   * TypeScript and JavaScript modules count (`.ts`, `.tsx`, `.mts`, `.cts`, `.js`, `.jsx`, `.mjs`, `.cjs`). Names that begin
   * with `_` or `.`, tests, specs, declaration files, and the JavaScript that `tsc` wrote beside its source are not routers.
   *
   * @param directory a relative path is resolved from the directory in which the CDK app runs, like that of `Code.fromAsset`.
   */
  public static fromDirectory(directory: string, options: RoutersFromDirectoryOptions = {}): Routers {
    demand('ROUTERS', 'Routers.fromDirectory: directory', directory, aKnownString);
    demandOptions('ROUTERS', 'Routers.fromDirectory', options, FROM_DIRECTORY);
    const basePath = options.basePath ?? '/';
    const parsed = parsePrefix(basePath, 'basePath');
    if (isProblem(parsed)) throw new LazyApiError(parsed.code, parsed.message);

    const modules = discoverModules(directory);
    const overrides = new Map(Object.entries(options.overrides ?? {}));
    const declarations = modules.map(({ name, file }) => ({
      prefix: `${basePath === '/' ? '' : basePath}/${name}`,
      entry: file,
      typed: file,
      name,
      label: path.join(directory, path.relative(path.resolve(directory), file)),
      options: overrides.get(name) ?? {},
    }));
    const names = new Set(modules.map(({ name }) => name));
    const typo = [...overrides.keys()].find((name) => !names.has(name));
    if (typo !== undefined) {
      throw new LazyApiError(
        'OVERRIDE_UNMATCHED',
        `overrides["${typo}"] names no router of ${directory}; its routers are ${[...names].join(', ')}`,
      );
    }
    return new DeclaredRouters(declarations);
  }

  /**
   * Routers named one by one: `{ '/api/v1/auth': { entry: 'src/auth.ts' } }`.
   */
  public static fromMap(routers: { [prefix: string]: RouterProps }): Routers {
    demand('ROUTERS', 'routers', routers, FROM_MAP);
    const declarations = Object.entries(routers).map(([prefix, { entry, ...options }]) => ({
      prefix,
      entry: path.resolve(entry),
      typed: entry,
      label: `routers["${prefix}"]`,
      options,
    }));
    if (declarations.length === 0) {
      throw new LazyApiError('ROUTERS_EMPTY', 'Routers.fromMap got no router; name at least one, like { "/users": { entry: "src/users.ts" } }');
    }
    return new DeclaredRouters(declarations);
  }

  /** @internal */
  public abstract readonly _declarations: readonly RouterDeclaration[];
}

class DeclaredRouters extends Routers {
  constructor(public readonly _declarations: readonly RouterDeclaration[]) {
    super();
  }
}
