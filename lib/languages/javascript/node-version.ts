import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiError } from '../../private/errors';

/** The first with `module.registerHooks`, by which a router that failed to load gets another try. */
const OLDEST_NODE = 22;

/** The major version of Node.js that a runtime has. */
export function nodeMajor(runtime: lambda.Runtime): number {
  const major = Number(/^nodejs(\d+)\.x$/.exec(runtime.name)?.[1]);
  if (!(major >= OLDEST_NODE)) {
    throw new LazyApiError('RUNTIME', `runtime must be Node.js ${OLDEST_NODE} or newer, got ${runtime.name}; leave it out for nodejs24.x`);
  }
  return major;
}
