/**
 * Measures cold starts of an API as this library builds it, and as its peers build it from the same routers.
 *
 * The following peers are not measured by default: nitro, which takes seconds for each sample at small memory sizes; the variants (peers/variants);
 * and, for the apps `express` and `fastify`, adapters (peers/adapters.mjs):
 * `--apps express --peers lazy,listenerPart,serverlessHttp,serverlessExpress --rounds 40`.
 * `--of` names the peer whose times are divided by those of the others.
 *
 * Usage: npm run bench -- [--apps clinic,light] [--peers lazy,floor] [--of lazy] [--memory 128,1024] [--rounds 3] [--routers 30] [--node 24] [--out results.json] [--plot cold-start.svg] [--cpu]
 *
 * Every sample is a new process of Lambda's runtime client with Lambda's Node.js. Peers run in random order. Prints tables of ratios, and makes no
 * assertions. `--cpu` compares CPU time instead of clock time, for a rough result on a machine that is busy with other work.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { APPS } from './apps/index.mjs';
import { createCpuQuota } from './lambda/cpu-quota.mjs';
import { emptyHandler, filesOf, sample, spread } from './lambda/measure.mjs';
import { lambdaNode } from './lambda/node.mjs';
import { DEFAULT_PEERS, PEERS } from './peers/index.mjs';
import { mean } from './report/statistics.mjs';
import { seeded, shuffled } from './random.mjs';
import { plot } from './report/plot.mjs';
import { filesTable, ratioTable, timesTable } from './report/tables.mjs';
import { targetTable } from './report/targets.mjs';

const { values: options } = parseArgs({ options: {
  apps: { type: 'string', default: 'clinic' },
  peers: { type: 'string', default: DEFAULT_PEERS.join() },
  of: { type: 'string', default: 'lazy' },
  memory: { type: 'string', default: '128,256,512,1024,1769' },
  rounds: { type: 'string', default: '1' },
  routers: { type: 'string', default: '1000' },
  node: { type: 'string', default: '24' },
  out: { type: 'string' },
  plot: { type: 'string' },
  cpu: { type: 'boolean', default: false },
} });

const NODE = lambdaNode(options.node);

/** An empty handler is measured like a peer. Its time is subtracted from the times of all others. */
const EMPTY = 'empty';

const scratch = mkdtempSync(join(tmpdir(), 'lazy-api-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const memories = options.memory.split(',').map(Number);
const progress = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

const quotas = new Map(memories.map((memory) => [memory, createCpuQuota(memory)]));
const unlimited = [...quotas.values()].some((quota) => quota === undefined);
if (unlimited) console.log('This machine does not allow to limit the CPU of a process: all memory sizes run at full speed.\n');

const results = [];
for (const name of options.apps.split(',')) {
  const result = await measure(await APPS[name].create(scratch));
  results.push(result);
  console.log(`\n## ${APPS[name].describe}\n`);
  console.log(`Node.js ${options.node}, ${result.routers} routers, ${result.samples} samples in each cell. Ratio of INIT and first response, 95 % confidence interval.\n`);
  console.log(`An empty handler subtracted:\n\n${ratioTable(result, true)}\n\nRaw:\n\n${ratioTable(result, false)}\n`);
  console.log(`${timesTable(result)}\n\n${filesTable(result)}`);
}
console.log(`\n## Against the best of the others\n\n${targetTable(results)}`);
for (const quota of quotas.values()) await quota?.close();
if (options.out) writeFileSync(options.out, JSON.stringify(results));
if (options.plot) writeFileSync(options.plot, plot(results[0]));

async function measure(app) {
  const peers = options.peers.split(',').filter((peer) => PEERS[peer].canServe?.(app) ?? true);
  const requests = spread(app.requests, Number(options.routers));
  const builds = await buildAll(app, peers, requests);
  const idle = emptyHandler(scratch);
  const cells = Object.fromEntries(memories.map((memory) => [memory, Object.fromEntries([...peers, EMPTY].map((peer) => [peer, newCell(requests.length)]))]));
  const random = seeded(1);
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [i, request] of requests.entries()) {
      progress(`${app.name}: round ${round + 1} of ${options.rounds}, router ${i + 1} of ${requests.length}: ${request.router}`);
      for (const memoryMb of memories) {
        const environment = { memoryMb, cpuLimit: quotas.get(memoryMb), cpuTime: options.cpu };
        // A new order each time, so that no peer always runs after the same peer.
        for (const peer of shuffled([...peers, EMPTY], random)) {
          const taken = await (peer === EMPTY
            ? sample(NODE, idle, { ...request, status: 200, includes: undefined }, environment)
            : sample(NODE, builds(peer, memoryMb, request.router), request, environment));
          for (const [figure, value] of Object.entries(taken)) cells[memoryMb][peer][figure][i].push(value);
        }
      }
    }
  }
  const filesAt = memories.includes(1024) ? 1024 : memories[memories.length - 1];
  const files = {};
  for (const peer of peers) {
    const counted = [];
    for (const request of spread(requests, 6)) counted.push(await filesOf(NODE, builds(peer, filesAt, request.router), request));
    progress(`${app.name}: files of ${peer}`);
    files[peer] = { count: mean(counted.map(({ count }) => count)), bytes: mean(counted.map(({ bytes }) => bytes)) };
  }
  const empty = Object.fromEntries(memories.map((memory) => [memory, cells[memory][EMPTY].sum]));
  return { app: app.name, routers: app.routers.length, samples: requests.length * Number(options.rounds), memories, peers, of: options.of, cells, empty, filesAt, files };
}

async function buildAll(app, peers, requests) {
  const built = new Map();
  const keyOf = (peer, memoryMb, router) => [peer, ...PEERS[peer].by === 'memory' ? [memoryMb] : PEERS[peer].by === 'router' ? [router] : []].join('-');
  for (const peer of peers) {
    for (const memoryMb of memories) {
      for (const { router } of requests) {
        const key = keyOf(peer, memoryMb, router);
        if (built.has(key)) continue;
        progress(`${app.name}: building ${key}`);
        const outdir = join(scratch, `${app.name}-${key}`);
        mkdirSync(outdir, { recursive: true });
        built.set(key, { task: await PEERS[peer].build(app, outdir, { memoryMb, router }), env: PEERS[peer].env?.(app) });
      }
    }
  }
  return (...of) => built.get(keyOf(...of));
}

function newCell(requests) {
  return Object.fromEntries(['init', 'first', 'sum', 'peakMb'].map((figure) => [figure, Array.from({ length: requests }, () => [])]));
}
