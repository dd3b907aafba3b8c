import { discoverModules } from './discover';
import { checkProp, having, listOf, Rule } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { declareDirectory, declareMap, RouterDeclaration } from '../../routers/declaration';
import { RouterProps, RoutersFromDirectoryOptions } from '../../routers/router-options';

/** Recognizes routers. */
export const ROUTERS: Rule = having('_declarations', 'made by Routers.fromDirectory(), Routers.fromMap() or Routers.combine()');

/** The routers of an API: which module serves which path prefix. */
export abstract class Routers {
  /**
   * Uses every top-level module of a directory as a router: `providers.ts`, or `providers/index.ts`.
   *
   * Modules can be TypeScript or JavaScript (`.ts`, `.tsx`, `.mts`, `.cts`, `.js`, `.jsx`, `.mjs`, `.cjs`). Names that begin with `_` or `.`, tests,
   * specs, declaration files, and JavaScript that `tsc` wrote next to its source are ignored.
   *
   * @param directory the directory; a relative path is resolved from the directory that the CDK app runs in, as in `Code.fromAsset`
   *
   * @example
   * Routers.fromDirectory('src/routers', {
   *   basePath: '/api',
   *   overrides: { health: { preload: true } },
   * });
   */
  public static fromDirectory(directory: string, options: RoutersFromDirectoryOptions = {}): Routers {
    return new DeclaredRouters(declareDirectory(directory, options, discoverModules));
  }

  /** Maps path prefixes to modules: `{ '/api/v1/auth': { entry: 'src/auth.ts' } }`. */
  public static fromMap(routers: { [prefix: string]: RouterProps }): Routers {
    return new DeclaredRouters(declareMap(routers));
  }

  /**
   * Combines several sets of routers, for example a directory and single modules.
   *
   * Synthesis fails if two routers have the same prefix.
   */
  public static combine(...routers: Routers[]): Routers {
    checkProp('ROUTERS', 'Routers.combine: routers', routers, listOf(ROUTERS));
    if (routers.length > 0) return new DeclaredRouters(routers.flatMap(({ _declarations }) => _declarations));
    throw new LazyApiError('ROUTERS_EMPTY', 'Routers.combine must have at least one argument, got none; '
      + 'pass the results of Routers.fromDirectory and Routers.fromMap');
  }

  /** @internal */
  public abstract readonly _declarations: readonly RouterDeclaration[];
}

class DeclaredRouters extends Routers {
  constructor(public readonly _declarations: readonly RouterDeclaration[]) {
    super();
  }
}
