import * as fs from 'node:fs';
import { SecretValues, toSecretValues } from './secret-values';
import { LocalError } from '../local-error';

/**
 * Reads `{ "secrets": { "NAME": ... }, "parameters": { "NAME": ... } }`. A value that is not a string is the JSON of a secret. Errors never quote the
 * file.
 */
export function readSecretsFile(file: string): SecretValues {
  let parsed: unknown;
  try {
    parsed = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LocalError('--secrets must be a file with JSON, like { "secrets": { "NAME": "value" }, "parameters": {} }, '
      + `got "${file}": ${code ?? 'no JSON'}`);
  }
  return toSecretValues(parsed);
}
