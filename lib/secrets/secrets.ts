import { IGrantable } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IParameter } from 'aws-cdk-lib/aws-ssm';
import { SecretsCache } from './secrets-cache';
import { SecretsConfig } from '../contract/secrets';
import { LOCAL_FILE_VARIABLE, LOCAL_VARIABLES, SECRETS_VARIABLE } from '../contract/variables';
import { checkProp, having, kindOf, mapOf } from '../private/check';
import { LazyApiError } from '../private/errors';
import { replaceTokens } from '../private/tokens';
import { MOST_ENVIRONMENT_BYTES } from '../private/variables';

/** The options of LazyApiFunction for secrets. */
export interface SecretsOptions {
  readonly secrets?: { readonly [name: string]: ISecret };
  readonly parameters?: { readonly [name: string]: IParameter };
  readonly secretsCache?: SecretsCache;
  readonly paramsAndSecrets?: lambda.ParamsAndSecretsLayerVersion;
  readonly environment?: { readonly [name: string]: string };
  readonly snapStart?: lambda.SnapStartConf;
  readonly architecture: lambda.Architecture;
}

/** What a function needs to read its secrets and parameters. */
export interface Secrets {
  /** Environment variables: identifiers, never values. */
  readonly environment: { readonly [name: string]: string };
  /** The extension's layer, if there is one. */
  readonly paramsAndSecrets?: lambda.ParamsAndSecretsLayerVersion;
  /** Allows a principal to read only these secrets and parameters. */
  grantRead(grantee: IGrantable): void;
}

/** A value of the wrong type may itself be a secret, so errors do not show it. */
const A_SECRET = having('secretArn', 'an ISecret', kindOf);
const A_PARAMETER = having('parameterName', 'an IParameter', kindOf);

/** A name is part of the name of an environment variable. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Checks the options. The region is that of the stack. */
export function resolveSecrets(region: string, options: SecretsOptions): Secrets {
  const { secrets = {}, parameters = {} } = options;
  checkProp('SECRETS', 'secrets', secrets, mapOf(A_SECRET));
  checkProp('SECRETS', 'parameters', parameters, mapOf(A_PARAMETER));
  checkNoValues(options.environment ?? {});
  if (Object.keys(secrets).length + Object.keys(parameters).length === 0) return nothing(options);
  if (options.paramsAndSecrets !== undefined) {
    throw new LazyApiError('SECRETS', 'paramsAndSecrets cannot be combined with secrets and parameters, which add the extension themselves; '
      + 'set its options with secretsCache: SecretsCache.extension({ ... })');
  }
  checkNames('secrets', secrets);
  checkNames('parameters', parameters);

  const cache = cacheFor(options)._resolved;
  const config: SecretsConfig = {
    secrets: mapValues(secrets, identifierOf),
    parameters: mapValues(parameters, ({ parameterName }) => parameterName),
    port: cache.port,
    timeout: cache.timeout.toMilliseconds(),
    connections: cache.connections,
    ttl: cache.ttl.toMilliseconds(),
    staleOnError: cache.staleOnError.toMilliseconds(),
  };
  return {
    environment: { [SECRETS_VARIABLE]: jsonOf(config) },
    paramsAndSecrets: cache.layer?.(region, options.architecture),
    grantRead(grantee) {
      for (const readable of [...Object.values(secrets), ...Object.values(parameters)]) readable.grantRead(grantee);
    },
  };
}

/**
 * The extension asks callers for a session token, which functions with SnapStart do not have. They cache values themselves.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials
 */
function cacheFor({ secretsCache, snapStart }: SecretsOptions): SecretsCache {
  if (!snapStart) return secretsCache ?? SecretsCache.extension();
  if (secretsCache?._resolved.port === undefined) return secretsCache ?? SecretsCache._inMemory();
  throw new LazyApiError('SECRETS', 'secretsCache: the extension does not work with snapStart, because it needs a session token that such functions '
    + 'do not have; leave secretsCache out to cache values in the function for 5 minutes, or use SecretsCache.none()');
}

function nothing({ paramsAndSecrets, secretsCache }: SecretsOptions): Secrets {
  if (secretsCache) throw new LazyApiError('SECRETS', 'secretsCache has nothing to cache; declare secrets or parameters, or leave it out');
  return { environment: {}, paramsAndSecrets, grantRead() {} };
}

/** A secret that was imported only by its name has an ARN without the six characters that AWS adds. This ARN finds nothing. */
function identifierOf(secret: ISecret): string {
  return secret.secretFullArn ?? secret.secretName;
}

function checkNames(option: string, named: object): void {
  const odd = Object.keys(named).find((name) => !NAME.test(name));
  if (odd === undefined) return;
  throw new LazyApiError('SECRETS', `${option}: a name must contain only letters, digits, and "_", and must not begin with a digit, got "${odd}"`);
}

/** Anyone who can read the function's configuration can read its environment variables. */
function checkNoValues(environment: { readonly [name: string]: string }): void {
  const reserved = [SECRETS_VARIABLE, LOCAL_FILE_VARIABLE];
  const prefixes = Object.values(LOCAL_VARIABLES);
  const found = Object.keys(environment).find((name) => reserved.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)));
  if (found === undefined) return;
  throw new LazyApiError('SECRETS', `environment: ${found} is not supported: it is only for use outside of Lambda; `
    + 'use the props secrets and parameters, or set values for verification with Verify.atSynth({ environment: { ... } })');
}

/** The approximate size of a value that is known only at deployment, like an ARN. */
const TYPICAL_IDENTIFIER = 'x'.repeat(100);

function jsonOf(config: SecretsConfig): string {
  const json = JSON.stringify(config);
  const { length } = replaceTokens(json, TYPICAL_IDENTIFIER);
  if (length <= MOST_ENVIRONMENT_BYTES) return json;
  throw new LazyApiError(
    'SECRETS',
    `secrets and parameters need about ${length} bytes of environment variables, but a function has ${MOST_ENVIRONMENT_BYTES} in total; `
    + 'combine related values into one secret',
  );
}

function mapValues<V>(values: { readonly [name: string]: V }, map: (value: V) => string): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
