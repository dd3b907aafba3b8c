import { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';

/** The function behind an alias: its name is the one that metrics have. */
export function functionBehind(target: IFunction): IFunction {
  return target instanceof Alias ? target.lambda : target;
}
