import { arch, platform } from 'node:os';
import { join } from 'node:path';

/** The binary of Lambda's Node.js, by its major version. */
export function lambdaNode(major) {
  return join(import.meta.dirname, `../../lambda-node/node_modules/node-${major}-${platform()}-${arch()}/bin/node`);
}
