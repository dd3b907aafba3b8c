import { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';

/** The function behind an alias. Metrics have its name. */
export function functionBehind(target: IFunction): IFunction {
  return target instanceof Alias ? target.lambda : target;
}
