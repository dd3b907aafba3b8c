import { SecretKind, SecretsConfig } from '../../contract/secrets';
import { SECRETS_VARIABLE } from '../../contract/variables';

/** Values of secrets and parameters, by the names that router code uses. */
export type SecretValues = { readonly [kind in SecretKind]: ReadonlyMap<string, string> };

export const NO_SECRETS: SecretValues = { secrets: new Map(), parameters: new Map() };

/** Reads `{ secrets: { NAME: ... }, parameters: { NAME: ... } }`. A value that is not a string is the JSON of a secret. */
export function toSecretValues(given: unknown): SecretValues {
  return { secrets: valuesOf(given, 'secrets'), parameters: valuesOf(given, 'parameters') };
}

function valuesOf(given: unknown, kind: SecretKind): ReadonlyMap<string, string> {
  const named = Object((given as { readonly [kind: string]: unknown } | null)?.[kind]) as { readonly [name: string]: unknown };
  return new Map(Object.entries(named).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
}

/** The environment variable of a function that declares only these values. Nothing is cached. */
export function declaring({ secrets, parameters }: SecretValues): Readonly<Record<string, string>> {
  const byName = (values: ReadonlyMap<string, string>) => Object.fromEntries([...values.keys()].map((name) => [name, name]));
  const config: SecretsConfig = {
    secrets: byName(secrets), parameters: byName(parameters), port: 0, timeout: 3_000, connections: 3, ttl: 0, staleOnError: 0,
  };
  return { [SECRETS_VARIABLE]: JSON.stringify(config) };
}
