/**
 * What synthesis tells the function about its secrets and parameters: their identifiers, never a value.
 */

import { LOCAL_VARIABLES } from './variables';

export interface SecretsConfig {
  /** The ARN or the name of each secret, by the name that router code uses. */
  readonly secrets: { readonly [name: string]: string };
  /** The name of each parameter, by the name that router code uses. */
  readonly parameters: { readonly [name: string]: string };
  /** The port of the Parameters and Secrets extension. Without it, the function calls AWS itself. */
  readonly port?: number;
  /** How long the extension, or the function itself, waits for AWS, in milliseconds.  */
  readonly timeout: number;
  /** The maximum number of concurrent requests. */
  readonly connections: number;
  /** How long the extension, or the function itself, caches a value, in milliseconds. */
  readonly ttl: number;
  /** The maximum age, in milliseconds, of a value that is returned when no newer one is available. */
  readonly staleOnError: number;
}

export type SecretKind = keyof typeof LOCAL_VARIABLES;
