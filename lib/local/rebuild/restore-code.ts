import { BuildOptions } from '../../routers/build';
import { toBuildOptions } from '../../routers/build-recipe';
import { RouterCode } from '../../routers/router-code';
import { SynthesizedApi } from '../assembly/synthesized-api';
import { languageOf } from '../language/find-language';

/** Sources, and how synthesis built them. */
export interface RestoredCode {
  readonly code: RouterCode;
  readonly options: BuildOptions;
}

/** Finds the sources of an API again. Throws the errors of synthesis if they no longer fit the recipe. */
export function restoreCode(api: SynthesizedApi): RestoredCode {
  return { code: languageOf(api).restoreCode(api), options: toBuildOptions(api.description.code.recipe) };
}
