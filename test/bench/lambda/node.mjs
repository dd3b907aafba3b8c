import { arch, platform } from 'node:os';
import { join } from 'node:path';

/** The Node.js that Lambda runs, by its major version, as nodejs.org builds it. */
export function lambdaNode(major) {
  return join(import.meta.dirname, `../../lambda-node/node_modules/node-${major}-${platform()}-${arch()}/bin/node`);
}
