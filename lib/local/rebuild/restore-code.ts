import * as path from 'node:path';
import { codeFromRecipe } from '../../languages/javascript/code-from-recipe';
import { BuildOptions } from '../../routers/build';
import { toBuildOptions } from '../../routers/build-recipe';
import { RouterCode } from '../../routers/router-code';
import { SynthesizedApi } from '../assembly/synthesized-api';
import { LocalError } from '../local-error';

/** Sources, and how synthesis built them. */
export interface RestoredCode {
  readonly code: RouterCode;
  readonly options: BuildOptions;
}

/** Finds the sources of an API again. Throws the errors of synthesis if they no longer fit the recipe. */
export function restoreCode({ path: construct, directory, description }: SynthesizedApi): RestoredCode {
  const { code: { language, recipe }, function: fn } = description;
  if (language !== 'JavaScript') throw new LocalError(`${construct}: routers in ${language} cannot be rebuilt locally yet; run "npx cdk synth"`);
  return { code: codeFromRecipe(recipe, fn, (file) => path.resolve(directory, file)), options: toBuildOptions(recipe) };
}
