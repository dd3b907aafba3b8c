/**
 * The versions of Node that Lambda runs. Platform packages, so that nothing but the archive itself is needed: no install
 * scripts, and `npm ci` brings the binaries whatever `ignore-scripts` says.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface LambdaNode {
  /** Lambda's name of the runtime. */
  readonly runtime: string;
  /** The binary. */
  readonly path: string;
}

export const lambdaNodes: LambdaNode[] = ['22', '24'].flatMap(locate);

if (lambdaNodes.length === 0) {
  throw new Error('found no Node.js as Lambda has it: set LAMBDA_NODE_22 or LAMBDA_NODE_24 to the path of a binary, or run the tests on Node.js 22 or 24');
}

/** On Linux, as Lambda is, both versions come from packages. Elsewhere the version that runs the tests does, and `LAMBDA_NODE_24=/path/to/node`. */
function locate(major: string): LambdaNode[] {
  const packaged = join(__dirname, 'node_modules', `node-${major}-${process.platform}-${process.arch}`, 'bin', 'node');
  const running = process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
  const path = process.env[`LAMBDA_NODE_${major}`] ?? (existsSync(packaged) ? packaged : running);
  if (path === undefined && process.platform === 'linux') {
    throw new Error(`${packaged} does not exist: run "npm ci --prefix test/lambda-node", or set LAMBDA_NODE_${major}`);
  }
  return path === undefined ? [] : [{ runtime: `nodejs${major}.x`, path }];
}
