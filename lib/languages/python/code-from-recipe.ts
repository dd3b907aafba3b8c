import { APP_PREFIX, PythonApplication } from './application';
import { PythonCode, PythonFunction, PythonTools } from './python-code';
import { PythonDeclaration } from './routers';
import type { BuildRecipe } from '../../contract/api-description';
import { MapPath } from '../../routers/recipe-router';

/** What a recipe says about an application in Python. */
interface PythonRecipe {
  readonly entry: string;
  readonly projectRoot: string;
  readonly app?: string;
  readonly exclude?: readonly string[];
  readonly excludePackages?: readonly string[];
  /** By prefix: `api.v1.providers:router`. */
  readonly targets: Readonly<Record<string, string>>;
}

/** The application of a recipe. */
export function applicationOf({ routers, options }: BuildRecipe, toAbsolute: MapPath): PythonApplication {
  const { entry, projectRoot, targets, ...rest } = options as PythonRecipe;
  const declared = routers.filter(({ prefix }) => rest.app === undefined || prefix !== APP_PREFIX)
    .map(({ prefix, name, label, options: own }): PythonDeclaration => ({ prefix, name, label, options: own, source: targets[prefix] }));
  return { ...rest, entry: toAbsolute(entry), projectRoot: toAbsolute(projectRoot), routers: { _pythonRouters: declared } };
}

/** Finds the application and the routers of a recipe again. Throws the errors of synthesis if one is missing. */
export function codeFromRecipe(recipe: BuildRecipe, fn: PythonFunction, toAbsolute: MapPath, tools?: PythonTools): PythonCode {
  return new PythonCode(applicationOf(recipe, toAbsolute), fn, tools);
}
