import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lambdaProcess } from '../../../lambda-node/lambda.cjs';
import { lambdaNode } from '../../lambda/node.mjs';

const FILL = `
const task = process.argv[1];
await import(task + '/index.mjs');
for (const file of (await import('node:fs')).readdirSync(task + '/routers')) await import(task + '/routers/' + file);
(await import('node:module')).flushCompileCache();
process.exit(0);`;

/** V8's code cache of the bundle, by the very Node.js that will take it, with the same flags. */
export function fillCompileCache(task, cache, memoryMb) {
  const { flags } = lambdaProcess(task, 0, memoryMb);
  const { status, stderr } = spawnSync(lambdaNode('24'), [...flags, '--input-type=module', '-e', FILL, task], { env: { ...process.env, NODE_COMPILE_CACHE: cache }, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
