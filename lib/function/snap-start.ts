import { Annotations } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiError } from '../private/errors';

/** The largest `/tmp` in a snapshot, in MiB. */
const MOST_STORAGE = 512;

/** SnapStart, and the options that it excludes. */
export interface SnapStartOptions extends Pick<lambda.FunctionOptions, 'snapStart' | 'ephemeralStorageSize' | 'filesystem'> {
  readonly provisionedConcurrency?: unknown;
}

/**
 * Throws an error if another option excludes SnapStart.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes
 */
export function checkSnapStart({ snapStart, ephemeralStorageSize, filesystem, provisionedConcurrency }: SnapStartOptions): void {
  if (!snapStart) return;
  if (provisionedConcurrency !== undefined) throw excluded('provisionedConcurrency', 'choose one: both remove INIT from requests');
  if (filesystem !== undefined) throw excluded('filesystem', 'leave one of them out');
  if (ephemeralStorageSize === undefined || ephemeralStorageSize.isUnresolved()) return;
  const storage = ephemeralStorageSize.toMebibytes();
  if (storage <= MOST_STORAGE) return;
  const message = `ephemeralStorageSize must be at most ${MOST_STORAGE} MiB with snapStart, got ${storage} MiB; leave one of them out`;
  throw new LazyApiError('SNAP_START', message);
}

function excluded(option: string, advice: string): LazyApiError {
  return new LazyApiError('SNAP_START', `snapStart cannot be combined with ${option}, because Lambda does not support both; ${advice}`);
}

/** CDK cannot know that the API invokes published versions only. */
export function acknowledgePublished(fn: lambda.Function): void {
  Annotations.of(fn).acknowledgeWarning('@aws-cdk/aws-lambda:snapStartRequirePublish');
}
