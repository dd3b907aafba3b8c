import { discoverModules } from './discover';
import { checkProp, having, listOf, Rule } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { declareDirectory, declareMap, RouterDeclaration } from '../../routers/declaration';
import { RouterProps, RoutersFromDirectoryOptions } from '../../routers/router-options';

/** Recognizes routers. */
export const ROUTERS: Rule = having('_declarations', 'made by Routers.fromDirectory(), Routers.fromMap() or Routers.combine()');

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
    return new DeclaredRouters(declareDirectory(directory, options, discoverModules));
  }

  /**
   * Routers named one by one: `{ '/api/v1/auth': { entry: 'src/auth.ts' } }`.
   */
  public static fromMap(routers: { [prefix: string]: RouterProps }): Routers {
    return new DeclaredRouters(declareMap(routers));
  }

  /**
   * All of these routers together: those of a directory, and single ones beside them.
   *
   * Two routers at one prefix fail at synthesis.
   */
  public static combine(...routers: Routers[]): Routers {
    checkProp('ROUTERS', 'Routers.combine: routers', routers, listOf(ROUTERS));
    if (routers.length > 0) return new DeclaredRouters(routers.flatMap(({ _declarations }) => _declarations));
    throw new LazyApiError('ROUTERS_EMPTY', 'Routers.combine got no routers; pass what Routers.fromDirectory and Routers.fromMap return');
  }

  /** @internal */
  public abstract readonly _declarations: readonly RouterDeclaration[];
}

class DeclaredRouters extends Routers {
  constructor(public readonly _declarations: readonly RouterDeclaration[]) {
    super();
  }
}
