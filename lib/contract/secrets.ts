/**
 * What synthesis tells the function of its secrets and parameters: their identifiers, never a value.
 */

/** The environment variable that carries a {@link SecretsConfig} as JSON. */
export const SECRETS_VARIABLE = 'LAZY_API_SECRETS';

export interface SecretsConfig {
  /** By the name that router code uses: the ARN, or the name, of the secret. */
  readonly secrets: { readonly [name: string]: string };
  /** By the name that router code uses: the name of the parameter. */
  readonly parameters: { readonly [name: string]: string };
  /** The port of the Parameters and Secrets extension; without it, the function asks AWS itself. */
  readonly port?: number;
  /** How long the extension, or the function itself, waits for AWS, in milliseconds. */
  readonly timeout: number;
  /** How many requests may be on their way at once. */
  readonly connections: number;
  /** For how long the extension remembers a value, in milliseconds. */
  readonly ttl: number;
  /** How old a value may be that is answered when no newer one can be had, in milliseconds. */
  readonly staleOnError: number;
}

export type SecretKind = 'secrets' | 'parameters';

/** Outside of Lambda a value comes from such a variable... */
export const LOCAL_VARIABLES: { readonly [kind in SecretKind]: string } = {
  secrets: 'LAZY_API_SECRET_',
  parameters: 'LAZY_API_PARAMETER_',
};

/** ...or from the JSON file that this one names: `{ "secrets": { "NAME": ... }, "parameters": { "NAME": ... } }`. */
export const LOCAL_FILE_VARIABLE = 'LAZY_API_SECRETS_FILE';
