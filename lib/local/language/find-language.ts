import * as fs from 'node:fs';
import * as path from 'node:path';
import type { LocalLanguage } from './local-language';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import { LocalError } from '../local-error';
import { NODE } from '../node/node-language';
import { PYTHON } from '../python/python-language';

const LANGUAGES: readonly LocalLanguage[] = [NODE, PYTHON];

/** The language of an API's routers. */
export function languageOf({ path: construct, description: { code: { language: name } } }: SynthesizedApi): LocalLanguage {
  const language = LANGUAGES.find((one) => one.name === name);
  if (language) return language;
  throw new LocalError(`${construct}: this lazy-api does not run routers in ${name}; use the lazy-api of the cdk-lazy-api that the app uses`);
}

/** The language of one of Lambda's runtimes, like `nodejs24.x`. */
export function languageOfRuntime(runtime: string): LocalLanguage | undefined {
  return LANGUAGES.find((language) => language.hasRuntime(runtime));
}

/** The language of an asset's code. */
export function languageOfAsset(directory: string): LocalLanguage {
  return LANGUAGES.find(({ indexFile }) => fs.existsSync(path.join(directory, indexFile))) ?? NODE;
}
