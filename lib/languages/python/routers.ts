import { discoverModules } from './discover';
import { PythonRoutersFromDirectoryOptions, PythonRoutersFromMapOptions } from './router-options';
import { aTarget, isIdentifier } from './target';
import { checkOptionsOf, checkProp, having, listOf, mapOf, must, objectOf, optional, Rule } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { declareDirectory, ROUTER_OPTIONS } from '../../routers/declaration';
import { RouterOptions } from '../../routers/router-options';

/** Recognizes routers. */
export const PYTHON_ROUTERS: Rule = having(
  '_pythonRouters', 'made by PythonRouters.fromDirectory(), PythonRouters.fromMap() or PythonRouters.combine()',
);

/** A router as the user declared it. */
export interface PythonDeclaration {
  readonly prefix: string;
  /** `api.v1.providers:router`, or the absolute path of the module and the attribute in it. */
  readonly source: string | { readonly file: string; readonly attribute: string };
  /** A short name, if the declaration has one. */
  readonly name?: string;
  /** The words in which the user named the router, for errors. */
  readonly label: string;
  readonly options: RouterOptions;
}

const ATTRIBUTE = objectOf<Pick<PythonRoutersFromDirectoryOptions, 'attribute'>>(optional({
  attribute: must('the name of a variable, such as "router"', (value) => typeof value === 'string' && isIdentifier(value)),
}));

const FROM_MAP = objectOf<PythonRoutersFromMapOptions>(optional({ overrides: mapOf(objectOf<RouterOptions>(ROUTER_OPTIONS)) }));

/** The routers of an API in Python: which module serves which path prefix. */
export abstract class PythonRouters {
  /**
   * Uses every top-level module of a directory as a router: `providers.py`, or `providers/__init__.py`.
   *
   * Names that begin with `_` or `.`, tests, `conftest.py`, and directories without Python modules are ignored.
   *
   * @param directory the directory, which must be inside `entry`; a relative path is resolved from the directory that the CDK app runs in
   *
   * @example
   * PythonRouters.fromDirectory('backend/api/v1', {
   *   basePath: '/api/v1',
   *   overrides: { health: { preload: true } },
   * });
   */
  public static fromDirectory(directory: string, options: PythonRoutersFromDirectoryOptions = {}): PythonRouters {
    const of = 'PythonRouters.fromDirectory';
    checkOptionsOf('ROUTERS', of, options, ATTRIBUTE);
    const declared = declareDirectory(directory, options, discoverModules, of);
    const { attribute = 'router' } = options;
    return new DeclaredRouters(declared.map(({ entry: file, ...declaration }) => ({ ...declaration, source: { file, attribute } })));
  }

  /**
   * Maps path prefixes to modules and attributes, as Python imports them from `entry`: `{ '/api/v1/providers': 'api.v1.providers:router' }`.
   */
  public static fromMap(routers: { [prefix: string]: string }, options: PythonRoutersFromMapOptions = {}): PythonRouters {
    checkProp('ROUTERS', 'routers', routers, mapOf(aTarget));
    checkOptionsOf('ROUTERS', 'PythonRouters.fromMap', options, FROM_MAP);
    const { overrides = {} } = options;
    const prefixes = Object.keys(routers);
    if (prefixes.length === 0) {
      throw new LazyApiError('ROUTERS_EMPTY', 'PythonRouters.fromMap must have at least one router, got none; '
        + 'add one, like { "/users": "api.users:router" }');
    }
    const typo = Object.keys(overrides).find((prefix) => !prefixes.includes(prefix));
    if (typo !== undefined) {
      throw new LazyApiError('OVERRIDE_UNMATCHED', `overrides["${typo}"] must name the prefix of a router; the prefixes are ${prefixes.join(', ')}`);
    }
    return new DeclaredRouters(prefixes.map((prefix) => (
      { prefix, source: routers[prefix], label: `routers["${prefix}"]`, options: Object.hasOwn(overrides, prefix) ? overrides[prefix] : {} }
    )));
  }

  /**
   * Combines several sets of routers, for example a directory and single modules.
   *
   * Synthesis fails if two routers have the same prefix.
   */
  public static combine(...routers: PythonRouters[]): PythonRouters {
    checkProp('ROUTERS', 'PythonRouters.combine: routers', routers, listOf(PYTHON_ROUTERS));
    if (routers.length > 0) return new DeclaredRouters(routers.flatMap(({ _pythonRouters }) => _pythonRouters));
    throw new LazyApiError('ROUTERS_EMPTY', 'PythonRouters.combine must have at least one argument, got none; '
      + 'pass the results of PythonRouters.fromDirectory and PythonRouters.fromMap');
  }

  /** @internal */
  public abstract readonly _pythonRouters: readonly PythonDeclaration[];
}

class DeclaredRouters extends PythonRouters {
  constructor(public readonly _pythonRouters: readonly PythonDeclaration[]) {
    super();
  }
}
