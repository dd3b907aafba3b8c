import { arch, platform } from 'node:os';
import { join } from 'node:path';

/** Lambda's Node.js by major version, in the build of nodejs.org. */
export function lambdaNode(major) {
  return join(import.meta.dirname, `../../lambda-node/node_modules/node-${major}-${platform()}-${arch()}/bin/node`);
}
