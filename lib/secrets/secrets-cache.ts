import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Rule, checkOptionsOf, objectOf, oneOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aDurationOf, aStringLike, aWholeNumberFrom, knownAtSynthesis } from '../private/limits';
import { known } from '../private/tokens';

/** Options for `SecretsCache.none`, which `SecretsCache.extension` supports too. */
export interface SecretsClientOptions {
  /**
   * How long to wait for AWS Secrets Manager and AWS Systems Manager: whole milliseconds, at least 100, known at synthesis.
   *
   * @default Duration.seconds(3)
   */
  readonly timeout?: Duration;

  /**
   * The maximum number of concurrent requests for secrets and parameters: a whole number, at least 1, known at synthesis. Without the extension, the
   * limit applies separately to AWS Secrets Manager and AWS Systems Manager.
   *
   * @default 3
   */
  readonly maxConnections?: number;

  /**
   * The maximum age of a cached value to return if the current value is unavailable: whole milliseconds, known at synthesis. The function logs each
   * time that it returns such a value.
   *
   * @default Duration.seconds(0) - the call fails
   */
  readonly staleOnError?: Duration;
}

/**
 * Options for `SecretsCache.extension`, which configure the AWS Parameters and Secrets Lambda Extension.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
export interface SecretsCacheOptions extends SecretsClientOptions {
  /**
   * How long the extension caches a value: whole seconds, at most 300, known at synthesis. Zero disables the cache.
   *
   * @default Duration.seconds(300)
   */
  readonly ttl?: Duration;

  /**
   * The maximum number of values in the cache: a whole number from 0 to 1000, known at synthesis.
   *
   * @default 1000
   */
  readonly maxSize?: number;

  /**
   * The log level of the extension.
   *
   * @default lambda.ParamsAndSecretsLogLevel.WARN
   */
  readonly logLevel?: lambda.ParamsAndSecretsLogLevel;

  /**
   * The port that the extension listens on in the execution environment: 1 to 65535, known at synthesis.
   *
   * @default 2773
   */
  readonly port?: number;

  /**
   * The version of the extension. It must be one that aws-cdk-lib supports.
   *
   * @default lambda.ParamsAndSecretsVersions.V1_0_103
   */
  readonly version?: lambda.ParamsAndSecretsVersions;

  /**
   * The ARN of the extension's layer version for the function's region and architecture. Use this for regions and versions that aws-cdk-lib does not
   * support.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html#retrieving-secrets_lambda_ARNs
   * @default - the layer version of `version`
   */
  readonly layerVersionArn?: string;
}

/** A cache as data. */
export interface ResolvedCache {
  readonly timeout: Duration;
  readonly connections: number;
  readonly staleOnError: Duration;
  readonly ttl: Duration;
  /** Undefined if the function calls AWS directly. */
  readonly port?: number;
  /** The extension's layer, for a function of this architecture in this region, if it is known at synthesis. */
  layer?(region: string, architecture: lambda.Architecture): lambda.ParamsAndSecretsLayerVersion;
}

const DEFAULT_TIMEOUT = Duration.seconds(3);
const DEFAULT_PORT = 2773;
const MOST_SECONDS = 300;

/** A value that becomes part of the function's environment, so synthesis must know it. */
function configured(rule: Rule): Rule {
  return knownAtSynthesis(rule, 'the function is configured with it');
}

const aLayerVersionArn = aStringLike(
  'the ARN of a layer version, like "arn:aws:lambda:REGION:ACCOUNT:layer:NAME:1"',
  /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+$/,
);

const CLIENT_CHECKS = optional({
  timeout: configured(aDurationOf('milliseconds', 100)),
  maxConnections: configured(aWholeNumberFrom(1)),
  staleOnError: configured(aDurationOf('milliseconds', 0)),
});

const CLIENT = objectOf<SecretsClientOptions>(CLIENT_CHECKS);

const EXTENSION = objectOf<SecretsCacheOptions>({
  ...CLIENT_CHECKS,
  ...optional({
    ttl: configured(aDurationOf('seconds', 0, MOST_SECONDS)),
    maxSize: configured(aWholeNumberFrom(0, 1000)),
    logLevel: oneOf(...Object.values(lambda.ParamsAndSecretsLogLevel)),
    port: configured(aWholeNumberFrom(1, 65535)),
    version: oneOf(...Object.values(lambda.ParamsAndSecretsVersions)),
    layerVersionArn: aLayerVersionArn,
  }),
});

/** How the function gets and caches secrets and parameters. */
export abstract class SecretsCache {
  /**
   * Uses the AWS Parameters and Secrets Lambda Extension, a layer that fetches and caches values next to the function. While a value is cached,
   * reading it sends no request to AWS.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
   *
   * @example
   * new LazyApiFunction(stack, 'Api', {
   *   routers: Routers.fromDirectory('src/routers'),
   *   secrets: { DB_CREDENTIALS: dbSecret },
   *   secretsCache: SecretsCache.extension({ ttl: Duration.seconds(60), staleOnError: Duration.minutes(30) }),
   * });
   */
  public static extension(options: SecretsCacheOptions = {}): SecretsCache {
    checkOptionsOf('SECRETS_CACHE', 'SecretsCache.extension', options, EXTENSION);
    const common = resolve(options);
    const ttl = options.ttl ?? Duration.seconds(MOST_SECONDS);
    const port = options.port ?? DEFAULT_PORT;
    const settings: lambda.ParamsAndSecretsOptions = {
      cacheSize: options.maxSize,
      httpPort: port,
      logLevel: options.logLevel ?? lambda.ParamsAndSecretsLogLevel.WARN,
      maxConnections: common.connections,
      secretsManagerTimeout: common.timeout,
      parameterStoreTimeout: common.timeout,
      secretsManagerTtl: ttl,
      parameterStoreTtl: ttl,
    };
    return new Cache({ ...common, ttl, port, layer: (region, architecture) => layerOf(options, settings, region, architecture) });
  }

  /** Uses no cache and no layer. Every call sends a request to AWS. Use this for few calls, or in regions without the extension. */
  public static none(options: SecretsClientOptions = {}): SecretsCache {
    checkOptionsOf('SECRETS_CACHE', 'SecretsCache.none', options, CLIENT);
    return new Cache({ ...resolve(options), ttl: Duration.seconds(0) });
  }

  /**
   * The function itself caches values, as long as the extension would by default.
   * @internal
   */
  public static _inMemory(): SecretsCache {
    return new Cache({ ...resolve({}), ttl: Duration.seconds(MOST_SECONDS) });
  }

  /** @internal */
  public abstract readonly _resolved: ResolvedCache;
}

class Cache extends SecretsCache {
  constructor(public readonly _resolved: ResolvedCache) {
    super();
  }
}

function resolve(options: SecretsClientOptions): Pick<ResolvedCache, 'timeout' | 'connections' | 'staleOnError'> {
  const { timeout = DEFAULT_TIMEOUT, maxConnections, staleOnError = Duration.seconds(0) } = options;
  return { timeout, connections: maxConnections ?? 3, staleOnError };
}

function layerOf(
  { version = lambda.ParamsAndSecretsVersions.V1_0_103, layerVersionArn }: SecretsCacheOptions,
  settings: lambda.ParamsAndSecretsOptions,
  region: string,
  architecture: lambda.Architecture,
): lambda.ParamsAndSecretsLayerVersion {
  if (layerVersionArn !== undefined) return lambda.ParamsAndSecretsLayerVersion.fromVersionArn(layerVersionArn, settings);
  const knownRegion = known(region);
  const architectureName = architecture.name === 'x86_64' ? 'x86_64' : 'arm64';
  if (knownRegion !== undefined && RegionInfo.get(knownRegion).paramsAndSecretsLambdaLayerArn(version, architectureName) === undefined) {
    throw new LazyApiError(
      'SECRETS_CACHE',
      `secretsCache: aws-cdk-lib has no layer of the Parameters and Secrets extension ${version} for ${architectureName} in ${knownRegion}; `
      + 'set layerVersionArn (the AWS documentation of the extension lists the ARNs), or use another architecture or SecretsCache.none()',
    );
  }
  return lambda.ParamsAndSecretsLayerVersion.fromVersion(version, settings);
}
