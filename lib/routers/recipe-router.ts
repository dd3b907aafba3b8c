import type { RouterDeclaration } from './declaration';
import type { RecipeRouter } from '../contract/api-description';

/** Names a file for a recipe, or finds a file that a recipe names. */
export type MapPath = (file: string) => string;

export function toRecipeRouter({ prefix, entry, name, label, options }: RouterDeclaration, toRelative: MapPath): RecipeRouter {
  const { preload, trafficShare, stripPrefix } = options;
  return { prefix, entry: toRelative(entry), name, label, options: { preload, trafficShare, stripPrefix } };
}

export function toDeclaration({ entry, ...router }: RecipeRouter, toAbsolute: MapPath): RouterDeclaration {
  const file = toAbsolute(entry);
  return { ...router, entry: file, typed: file };
}
