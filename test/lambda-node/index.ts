/**
 * The Node.js versions that Lambda runs. They come from platform packages, so no install scripts are necessary, and
 * `npm ci` installs the binaries whatever the value of `ignore-scripts` is.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface LambdaNode {
  /** Lambda's name for the runtime. */
  readonly runtime: string;
  /** The path of the Node.js binary. */
  readonly path: string;
}

export const lambdaNodes: LambdaNode[] = ['22', '24'].flatMap(locate);

if (lambdaNodes.length === 0) {
  throw new Error('found no Node.js as Lambda has it: set LAMBDA_NODE_22 or LAMBDA_NODE_24 to the path of a binary, or run the tests on Node.js 22 or 24');
}

/** On Linux, like Lambda, packages provide both versions. Elsewhere, the tests use their own Node.js version and `LAMBDA_NODE_24=/path/to/node`. */
function locate(major: string): LambdaNode[] {
  const packaged = join(__dirname, 'node_modules', `node-${major}-${process.platform}-${process.arch}`, 'bin', 'node');
  const running = process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
  const path = process.env[`LAMBDA_NODE_${major}`] ?? (existsSync(packaged) ? packaged : running);
  if (path === undefined && process.platform === 'linux') {
    throw new Error(`${packaged} does not exist: run "npm ci --prefix test/lambda-node", or set LAMBDA_NODE_${major}`);
  }
  return path === undefined ? [] : [{ runtime: `nodejs${major}.x`, path }];
}
