import { Duration } from 'aws-cdk-lib';
import { Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { functionBehind } from './function-behind';
import { warn } from '../private/warn';

/** Warns if the function can run longer than the API in front of it waits. */
export function warnAboutTimeout(target: IFunction, limit: Duration, api: string, instead: string): void {
  const fn = functionBehind(target);
  const timeout = fn instanceof Function ? fn.timeout : undefined;
  if (timeout === undefined || timeout.isUnresolved() || limit.isUnresolved() || timeout.toMilliseconds() <= limit.toMilliseconds()) return;
  warn(
    target,
    'timeoutBeyondApi',
    `timeout is ${timeout.toHumanString()}, but ${api} waits only ${limit.toHumanString()} and then returns an error; ${instead}`,
  );
}
