/**
 * What synthesis tells the function about its secrets and parameters: their identifiers, never a value.
 */

import { LOCAL_VARIABLES } from './variables';

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
  /** The maximum age, in milliseconds, of a value that is returned when no newer one is available. */
  readonly staleOnError: number;
}

export type SecretKind = keyof typeof LOCAL_VARIABLES;
