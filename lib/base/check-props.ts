import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiBaseProps } from './base-props';
import { Language } from './language';
import { anEnvironment } from '../function/environment';
import { FUNCTION_OPTIONS } from '../function/function-options';
import {
  aBoolean, anObject, aNumber, aString, Rule, Rules, checkProp, checkMembers, having, listOf, membersOf, noMisspelling, optional,
} from '../private/check';
import { aWholeNumberFrom, knownAtSynthesis } from '../private/limits';

/** The options of `lambda.Function` that this library reads. The others are passed on as they are. */
type AdaptedOptions = Pick<
  lambda.FunctionOptions,
  'architecture' | 'memorySize' | 'timeout' | 'environment' | 'role' | 'logGroup' | 'loggingFormat' | 'currentVersionOptions'
  | 'applicationLogLevelV2' | 'layers' | 'reservedConcurrentExecutions' | 'snapStart'
>;

/** The types of the props. The members of each prop are checked where they are used. */
const RULES: { readonly [prop in Exclude<keyof LazyApiBaseProps, keyof lambda.FunctionOptions> | keyof AdaptedOptions]-?: Rule } = {
  ...optional({
    endpoint: having('_plan', 'an ApiEndpoint, like ApiEndpoint.http()'),
    secrets: anObject,
    parameters: anObject,
    secretsCache: having('_resolved', 'a SecretsCache, like SecretsCache.extension()'),
    preloadPolicy: having('_threshold', 'a PreloadPolicy, like PreloadPolicy.memoryAware()'),
    budgets: anObject,
    verify: having('_verify', 'made by Verify.atSynth() or Verify.off()'),
    requestLog: having('_level', 'a RequestLog, like RequestLog.everyRequest()'),
    monitoring: anObject,
    rollout: having('_shift', 'a Rollout, like Rollout.allAtOnce()'),
    retainedVersions: knownAtSynthesis(aWholeNumberFrom(2, 10), 'a state machine contains it as text'),
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
    reservedConcurrentExecutions: aWholeNumberFrom(0),
    snapStart: having('_render', 'lambda.SnapStartConf.ON_PUBLISHED_VERSIONS'),
  }),
};

/** Throws an error if a prop has the wrong type or a misspelled name. */
export function checkProps(given: LazyApiBaseProps, { construct, rules }: Language): void {
  checkProp('PROPS', `the props of ${construct}`, given, anObject);
  checkProp('PROPS', construct, given, noMisspelling(Object.keys({ ...rules, ...RULES, ...FUNCTION_OPTIONS })));
  checkMembers('PROPS', `the props of ${construct}`, given, membersOf<Rules>({ ...rules, ...RULES }));
}

/** Reads the known props. They may be accessors of a class, which a spread does not copy. */
export function readProps(given: LazyApiBaseProps): LazyApiBaseProps {
  const names = [...Object.keys(RULES), ...Object.keys(FUNCTION_OPTIONS)] as Array<keyof LazyApiBaseProps>;
  return Object.fromEntries(names.map((name) => [name, given[name]]).filter(([, value]) => value !== undefined));
}
