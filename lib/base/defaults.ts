import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiBaseProps } from './base-props';
import { Rollout } from '../delivery/rollout';
import { ApiEndpoint } from '../endpoint/api-endpoint';
import { RequestLog } from '../monitoring/request-log';
import { PreloadPolicy } from '../routers/preload/preload-policy';
import { Verify } from '../routers/verification/verify';

/** The memory size in MB, also for plans if the size is known only at deployment. */
export const DEFAULT_MEMORY_MB = 1024;

/** Props that always have a value. */
type Defaulted =
  | 'endpoint' | 'preloadPolicy' | 'verify' | 'requestLog' | 'monitoring' | 'rollout' | 'architecture' | 'memorySize' | 'timeout';

export type PropsWithDefaults = LazyApiBaseProps & Required<Pick<LazyApiBaseProps, Defaulted>>;

/**
 * The defaults of the props that always have a value. `urlOutput` depends on the endpoint. `secretsCache` has its default in secrets/, because
 * setting it without secrets or parameters is an error.
 */
export function withDefaults(props: LazyApiBaseProps): PropsWithDefaults {
  return {
    ...props,
    endpoint: props.endpoint ?? ApiEndpoint.http(),
    preloadPolicy: props.preloadPolicy ?? PreloadPolicy.memoryAware(),
    verify: props.verify ?? Verify.atSynth(),
    requestLog: props.requestLog ?? RequestLog.everyRequest(),
    monitoring: props.monitoring ?? {},
    rollout: props.rollout ?? Rollout.allAtOnce(),
    architecture: props.architecture ?? lambda.Architecture.ARM_64,
    memorySize: props.memorySize ?? DEFAULT_MEMORY_MB,
    // An HTTP API waits 30 seconds. The function responds before that.
    timeout: props.timeout ?? Duration.seconds(29),
  };
}
