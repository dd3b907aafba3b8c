import { EMPTY_FUNCTION as JAVASCRIPT } from '../../languages/javascript/empty-function';
import { EMPTY_FUNCTION as PYTHON } from '../../languages/python/empty-function';
import type { CodeFile } from '../../routers/built-code';
import type { SynthesizedApi } from '../assembly/synthesized-api';

const EMPTY_FUNCTIONS: { readonly [language: string]: CodeFile } = { JavaScript: JAVASCRIPT, Python: PYTHON };

/** A function that does nothing, with the handler and in the language of an API. */
export function emptyFunction({ description: { code: { language } } }: SynthesizedApi): CodeFile {
  return EMPTY_FUNCTIONS[language];
}
