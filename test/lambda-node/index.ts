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

export const lambdaNodes: LambdaNode[] = [locate('22'), locate('24')];

/** `LAMBDA_NODE_24=/path/to/node` serves platforms that have no package. */
function locate(major: string): LambdaNode {
  const name = `node-${major}-${process.platform}-${process.arch}`;
  const path = process.env[`LAMBDA_NODE_${major}`] ?? join(__dirname, 'node_modules', name, 'bin', 'node');
  if (!existsSync(path)) {
    throw new Error(`${path} does not exist: run "npm ci --prefix test/lambda-node", or set LAMBDA_NODE_${major} to a node ${major} binary`);
  }
  return { runtime: `nodejs${major}.x`, path };
}
