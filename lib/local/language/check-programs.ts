import type { LocalLanguage } from './local-language';
import type { Programs } from './programs';
import { LocalError } from '../local-error';

/** Throws an error if the user chose a program that no function runs on. */
export function checkPrograms(given: Programs, languages: readonly LocalLanguage[]): void {
  for (const option of ['node', 'python'] as const) {
    if (given[option] === undefined || languages.some(({ program }) => program === option)) continue;
    const names = [...new Set(languages.map(({ name }) => name))].join(' and ');
    const options = [...new Set(languages.map(({ program }) => `--${program} PATH`))].join(' or ');
    throw new LocalError(`--${option} must be left out for functions in ${names}, got "${given[option]}"; use ${options}`);
  }
}
