import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { anEnvironment } from './function/environment';
import type { LazyApiFunctionProps } from './lazy-api-function-props';
import { aBoolean, aNumber, anObject, aString, demand, having, listOf, optional, props } from './private/check';

/** Of the options of `lambda.Function`, those that are not handed on as they are. */
type AdaptedOptions = Pick<
  lambda.FunctionOptions,
  'architecture' | 'memorySize' | 'timeout' | 'environment' | 'role' | 'logGroup' | 'loggingFormat' | 'currentVersionOptions' | 'applicationLogLevelV2' | 'layers'
>;

/** By what they are alone: what is in them is checked where it is used. */
const PROPS = props<Omit<LazyApiFunctionProps, keyof lambda.FunctionOptions> & AdaptedOptions>({
  routers: having('_declarations', 'made by Routers.fromDirectory() or Routers.fromMap()'),
  ...optional({
    endpoint: having('_bind', 'an ApiEndpoint, like ApiEndpoint.http()'),
    runtime: having('bundlingImage', 'a runtime, like lambda.Runtime.NODEJS_24_X'),
    bundling: anObject,
    secrets: anObject,
    parameters: anObject,
    secretsCache: having('_resolved', 'a SecretsCache, like SecretsCache.extension()'),
    preloadPolicy: having('_threshold', 'a PreloadPolicy, like PreloadPolicy.memoryAware()'),
    budgets: anObject,
    verify: having('_verify', 'made by Verify.atSynth() or Verify.off()'),
    requestLog: having('_level', 'a RequestLog, like RequestLog.everyRequest()'),
    monitoring: anObject,
    rollout: having('_shift', 'a Rollout, like Rollout.allAtOnce()'),
    provisionedConcurrency: having('_provisioning', 'a ProvisionedConcurrency, like ProvisionedConcurrency.fixed(1)'),
    urlOutput: aBoolean,

    architecture: having('dockerPlatform', 'an architecture, like lambda.Architecture.ARM_64'),
    memorySize: aNumber,
    timeout: having('toMilliseconds', 'a Duration, like Duration.seconds(29)'),
    environment: anEnvironment,
    role: having('roleArn', 'a role'),
    logGroup: having('logGroupRef', 'a log group'),
    loggingFormat: aString,
    currentVersionOptions: anObject,
    applicationLogLevelV2: aString,
    layers: listOf(having('layerVersionArn', 'a layer')),
  }),
});

/** Fails where a prop is of another type than its declaration says. */
export function checkProps(given: LazyApiFunctionProps): void {
  demand('PROPS', 'the props of LazyApiFunction', given, anObject);
  demand('PROPS', '', given, PROPS);
}
