/** Options of `getSecret` and the similar functions. */
export interface SecretOptions {
  /**
   * The staging label of the version, for example `AWSPREVIOUS`.
   *
   * @default "AWSCURRENT"
   */
  readonly versionStage?: string;

  /**
   * Whether to call AWS instead of using the cache. Use it after a rotation: if a database rejects the password, read the secret again and retry
   * once. Later calls in this environment do not return an older value.
   *
   * @default false
   */
  readonly refresh?: boolean;
}

/**
 * Options of `getParameter`.
 */
export type ParameterOptions = Pick<SecretOptions, 'refresh'>;
