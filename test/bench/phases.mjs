/**
 * Where a cold start spends its time, by phase: with this library, and with a function that contains only the router. The library's own request line
 * provides the times within the request. Prints milliseconds, as means over routers.
 *
 * Usage: npm run bench:phases -- [--memory 128,1024] [--rounds 3] [--routers 30]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clinic } from './apps/clinic.mjs';
import { createCpuQuota } from './lambda/cpu-quota.mjs';
import { emptyHandler, spread } from './lambda/measure.mjs';
import { lambdaNode } from './lambda/node.mjs';
import { coldStart } from './lambda/runtime-api.mjs';
import { bundleEsm } from './peers/bundle.mjs';
import { buildLazy, PreloadPolicy, RequestLog, ROOT } from './peers/library.mjs';
import { seeded, shuffled } from './random.mjs';
import { center } from './report/statistics.mjs';
import { table } from './report/markdown.mjs';
import { monolithSource } from '../../examples/clinic-api/demo/monolith.mjs';

const { values: options } = parseArgs({ options: {
  memory: { type: 'string', default: '128,256,512,1024,1769' },
  rounds: { type: 'string', default: '1' },
  routers: { type: 'string', default: '1000' },
} });

const scratch = mkdtempSync(join(tmpdir(), 'lazy-api-phases-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const app = clinic();
const requests = spread(app.requests, Number(options.routers));
const idle = emptyHandler(scratch);
const floors = new Map();
for (const { router } of requests) floors.set(router, await floorOf(router));
const rows = [];
for (const memoryMb of options.memory.split(',').map(Number)) rows.push(...await phasesAt(memoryMb));
console.log(table(['', '', 'Node.js, Lambda\'s client', 'INIT: runtime, rehearsal', 'INIT: chunks', 'request: Lambda\'s client', 'request: loading', 'request: router', 'sum'], rows));

async function phasesAt(memoryMb) {
  const quota = createCpuQuota(memoryMb);
  const lazy = buildLazy(app, outdir(`lazy-${memoryMb}`), { memoryMb, requestLog: RequestLog.everyRequest() });
  const naive = buildLazy(app, outdir(`naive-${memoryMb}`), { memoryMb, preloadPolicy: PreloadPolicy.nothing(), requestLog: RequestLog.everyRequest() });
  const samples = { lazy: [], naive: [], floor: [], idle: [] };
  const random = seeded(1);
  for (const [i, request] of requests.entries()) {
    const tasks = { lazy, naive, floor: floors.get(request.router), idle: idle.task };
    for (const of of Object.values(samples)) of[i] = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      process.stderr.write(`${memoryMb} MB, round ${round + 1}, ${request.router}\n`);
      for (const [peer, task] of shuffled(Object.entries(tasks), random)) {
        const { init, first, output } = await coldStart({ node: lambdaNode('24'), task, event: request.event(), memoryMb, cpuLimit: quota, linger: 20 });
        samples[peer][i].push({ init, first, ...peer === 'idle' ? { load: 0, handler: 0 } : inRequest(output) });
      }
    }
  }
  await quota?.close();
  const of = (peer, phase) => center(samples[peer].map((taken) => taken.map(phase)));
  const client = of('idle', ({ init }) => init);
  const row = (name, peer, ...inInit) => [
    `${memoryMb} MB`, name, client, ...inInit, of(peer, ({ first, load, handler }) => first - load - handler),
    of(peer, ({ load }) => load), of(peer, ({ handler }) => handler), of(peer, ({ init, first }) => init + first),
  ].map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell));
  const [runtime, all, alone] = ['naive', 'lazy', 'floor'].map((peer) => of(peer, ({ init }) => init));
  return [row('this library', 'lazy', runtime - client, all - runtime), row('one function per router', 'floor', '', alone - client)];
}

function inRequest(output) {
  const line = output.split('\n').find((text) => text.includes('"handlerMs"'));
  if (!line) throw new Error(`no line about the request in ${output}`);
  const { routerLoadMs = 0, handlerMs } = JSON.parse(line);
  return { load: routerLoadMs, handler: handlerMs };
}

/** A function that contains only the router, with a request line. */
async function floorOf(router) {
  const source = monolithSource(app.routers.filter(({ name }) => name === router), { extras: 'report: report({ everyRequest: true })' });
  return bundleEsm(app, `import { report } from ${JSON.stringify(join(ROOT, 'lib/runtime/report.mjs'))};\n${source}`, outdir(`floor-${router}`));
}

function outdir(name) {
  const directory = join(scratch, name);
  mkdirSync(directory, { recursive: true });
  return directory;
}
