import { Build, BuildOptions } from './build';
import type { PreloadPolicy } from './preload/preload-policy';
import type { MapPath } from './recipe-router';
import type { BuildRecipe, RecipePreload } from '../contract/api-description';

/** Describes a build so that it can be repeated without the CDK app. */
export function toBuildRecipe({ code, options: { entry, preload, memoryMb } }: Build, toRelative: MapPath): BuildRecipe {
  const threshold = preload._threshold({ memoryMb, loadCost: code.loadCost });
  return {
    ...code.describe(toRelative),
    entry,
    preload: {
      policy: preload._description,
      memoryMb,
      ...Number.isFinite(threshold) && { threshold },
      include: preload._include,
      warmsUp: preload._warmsUp,
    },
  };
}

export function toBuildOptions({ entry, preload }: Pick<BuildRecipe, 'entry' | 'preload'>): BuildOptions {
  return { entry, preload: toPreloadPolicy(preload), memoryMb: preload.memoryMb };
}

function toPreloadPolicy({ policy, threshold = Infinity, include, warmsUp }: RecipePreload): PreloadPolicy {
  return { _description: policy, _include: include, _warmsUp: warmsUp, _threshold: () => threshold };
}
