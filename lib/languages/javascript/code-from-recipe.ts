import { mapPaths } from './bundling-paths';
import { JavaScriptCode, JavaScriptFunction } from './javascript-code';
import type { BuildRecipe } from '../../contract/api-description';
import { MapPath, toDeclaration } from '../../routers/recipe-router';

/** Finds the routers of a recipe again, with the options of their build. Throws the errors of synthesis if a router is missing. */
export function codeFromRecipe({ routers, options }: BuildRecipe, fn: JavaScriptFunction, toAbsolute: MapPath): JavaScriptCode {
  const declarations = routers.map((router) => toDeclaration(router, toAbsolute));
  return new JavaScriptCode({ _declarations: declarations }, mapPaths(options, toAbsolute), fn);
}
