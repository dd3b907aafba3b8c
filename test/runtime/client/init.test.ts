/**
 * The state after INIT of a process that Lambda started, with Lambda's flags.
 */
import { execFileSync } from 'child_process';
import * as path from 'path';
import { PreloadPolicy, Routers } from '../../../lib';
import { nodeFlags } from '../../../lib/local/node/node-command';
import { lambdaNodes } from '../../lambda-node';
import { runInClient } from '../../lambda-node/runtime-client';
import { assetOf, newApi } from '../../support/app';
import { project } from '../../support/project';
import { http2 } from '../events';

/** Evaluated in INIT, requested later. */
const PROCESS = `
  import v8 from 'node:v8';
  import { Worker } from 'node:worker_threads';
  const codeCacheInInit = v8.cachedDataVersionTag();
  const heapLimitOf = () => v8.getHeapStatistics().heap_size_limit;
  const inWorker = () => new Promise((resolve) => new Worker('require("node:worker_threads").parentPort.postMessage(require("node:v8").getHeapStatistics().heap_size_limit)', { eval: true }).once('message', resolve));
  export default { fetch: async () => Response.json({ codeCacheInInit, heapLimit: heapLimitOf(), workerHeapLimit: await inWorker(), gc: typeof gc }) };`;

/** Lists the modules that are loaded between its evaluation and the end of the request. */
const MODULES = `
  const before = new Set(process.moduleLoadList);
  export default { fetch: async (request) => Response.json({ sent: await request.json(), late: process.moduleLoadList.filter((name) => !before.has(name)) }) };`;

const directory = project({ 'src/routers/process.ts': PROCESS, 'src/routers/modules.ts': MODULES });
const asset = assetOf(newApi({
  preloadPolicy: PreloadPolicy.nothing(),
  routers: Routers.fromDirectory(path.join(directory, 'src/routers'), { basePath: '/api', overrides: { process: { preload: true } } }),
}));

const ask = (router: string) => http2({ method: 'POST', path: `/api/${router}`, resource: `/api/${router}`, body: '{"a":1}' });

describe.each(lambdaNodes)('on $runtime', (node) => {
  const flags = nodeFlags(1024);
  const inProcess = (script: string, ...given: string[]) => JSON.parse(execFileSync(node.path, [...given, '-p', script], { encoding: 'utf8' })) as unknown;
  const codeCache = (...given: string[]) => inProcess('require("node:v8").cachedDataVersionTag()', ...given);

  async function answer(router: string) {
    const { delivered } = await runInClient(node, asset, [ask(router)]);
    const { body } = JSON.parse(delivered[0]!.bytes.toString()) as { body: string };
    return JSON.parse(body) as Record<string, unknown>;
  }

  test('V8 accepts the code cache of a process without Lambda\'s flags, and the heap limits and gc stay', async () => {
    expect(codeCache(...flags)).not.toBe(codeCache());
    const heapLimit = inProcess('require("node:v8").getHeapStatistics().heap_size_limit', ...flags);
    expect(await answer('process')).toEqual({ codeCacheInInit: codeCache(), heapLimit, workerHeapLimit: heapLimit, gc: 'function' });
  });

  test('the first request to a fetch router loads no Node.js module', async () => {
    expect(await answer('modules')).toEqual({ sent: { a: 1 }, late: [] });
  });
});
