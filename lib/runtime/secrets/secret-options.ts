/**
 * Options of `getSecret` and its like.
 */
export interface SecretOptions {
  /**
   * The staging label of the version, for example `AWSPREVIOUS`.
   *
   * @default "AWSCURRENT"
   */
  readonly versionStage?: string;

  /**
   * Whether to ask AWS instead of the cache. Use it after a rotation: if a database refuses the password, read the secret again and try once more.
   * Later calls in this environment get no older value.
   *
   * @default false
   */
  readonly refresh?: boolean;
}

/**
 * Options of `getParameter`.
 */
export type ParameterOptions = Pick<SecretOptions, 'refresh'>;
