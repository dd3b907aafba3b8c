import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { lambdaNode } from '../../lambda/node.mjs';

const { nodeFlags } = createRequire(import.meta.url)('../../../../lib/local/node/node-command.js');

const FILL = `
const task = process.argv[1];
await import(task + '/index.mjs');
for (const file of (await import('node:fs')).readdirSync(task + '/routers')) await import(task + '/routers/' + file);
(await import('node:module')).flushCompileCache();
process.exit(0);`;

/** Creates V8's code cache of the bundle, with the same Node.js build and the same flags that will use it. */
export function fillCompileCache(task, cache, memoryMb) {
  const { status, stderr } = spawnSync(lambdaNode('24'), [...nodeFlags(memoryMb), '--input-type=module', '-e', FILL, task], { env: { ...process.env, NODE_COMPILE_CACHE: cache }, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
