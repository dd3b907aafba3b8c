import { LazyApiError } from '../../private/errors';

/** The first version with `module.registerHooks`, which the runtime needs to retry a router that failed to load. */
const OLDEST_NODE = 22;

/** Returns the major version of Node.js that a runtime of Lambda has, by the name of the runtime. */
export function nodeMajor(runtime: string): number {
  const major = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1]);
  if (!(major >= OLDEST_NODE)) {
    throw new LazyApiError('RUNTIME', `runtime must be Node.js ${OLDEST_NODE} or newer, got ${runtime}; leave it out for nodejs24.x`);
  }
  return major;
}
