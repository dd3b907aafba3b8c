import * as fs from 'node:fs';
import { SecretKind } from '../../contract/secrets';
import { LocalError } from '../local-error';

/** Values of secrets and parameters, by the names that router code uses. */
export type SecretValues = { readonly [kind in SecretKind]: ReadonlyMap<string, string> };

export const NO_SECRETS: SecretValues = { secrets: new Map(), parameters: new Map() };

/**
 * Reads `{ "secrets": { "NAME": ... }, "parameters": { "NAME": ... } }`. A value that is no string is the JSON of a secret. No error quotes the
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
  return { secrets: valuesOf(parsed, 'secrets'), parameters: valuesOf(parsed, 'parameters') };
}

function valuesOf(parsed: unknown, kind: SecretKind): ReadonlyMap<string, string> {
  const named = Object((parsed as { readonly [kind: string]: unknown } | null)?.[kind]) as { readonly [name: string]: unknown };
  return new Map(Object.entries(named).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
}
