/**
 * Measures cold starts of the thirty FastAPI routers of examples/credentials-api: as this library builds them, and as FastAPI teams deploy them, from
 * the same code, packages, and bytecode. Every sample is a new process of Lambda's runtime client. The functions run in random order.
 *
 * Usage: npm run bench:python -- [--quick] [--memory 128,1024] [--variants lazy,monolith] [--routers 30] [--rounds 1] [--warm 7] [--python PATH] [--out results.json] [--cpu]
 *
 * `--quick` measures four routers at two memory sizes. `--warm` is the number of rounds that measure warm requests. `--cpu` compares CPU time instead
 * of clock time, for a rough result on a machine that is busy with other work. `--python` is another Python than the machine's. uv installs one, or it
 * comes from a newer release of Debian:
 *
 *     debootstrap --variant=minbase --include=python3 sid DIR
 *     patchelf --set-interpreter DIR/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 --force-rpath --set-rpath DIR/usr/lib/x86_64-linux-gnu DIR/usr/bin/python3.14
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareEnvironment } from './environment.mjs';
import { buildFunctions } from './functions.mjs';
import { ratioTable, timesTable } from './tables.mjs';
import { targetTable } from './targets.mjs';
import { warmTable } from './warm.mjs';
import { coldStart } from '../../../examples/credentials-api/demo/cold-start.mjs';
import { readRequests } from '../../../examples/credentials-api/demo/requests.mjs';
import { createCpuQuota } from '../lambda/cpu-quota.mjs';
import { spread } from '../lambda/measure.mjs';
import { seeded, shuffled } from '../random.mjs';

const { cpuSlowdown } = createRequire(import.meta.url)('../../../lib/local/lambda/cpu-limit.js');

const { values: options } = parseArgs({ options: {
  quick: { type: 'boolean', default: false },
  memory: { type: 'string' },
  variants: { type: 'string', default: 'lazy,everything,monolith,middleware,single' },
  routers: { type: 'string' },
  rounds: { type: 'string', default: '1' },
  warm: { type: 'string' },
  python: { type: 'string' },
  out: { type: 'string' },
  cpu: { type: 'boolean', default: false },
} });
const memories = (options.memory ?? (options.quick ? '512,1769' : '128,512,1024,1769')).split(',').map(Number);
const variants = options.variants.split(',');
const progress = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

const scratch = mkdtempSync(join(tmpdir(), 'lazy-api-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
progress('preparing Python');
const python = prepareEnvironment(options.python);
progress('building the functions');
const functions = buildFunctions(scratch, { python, memories, variants });
const full = memories[memories.length - 1];
const all = await readRequests(python.path, functions.lazy.of(full));
const requests = spread(all, Number(options.routers ?? (options.quick ? 4 : all.length)));

const quotas = new Map(memories.map((memory) => [memory, createCpuQuota(memory)]));
if ([...quotas.values()].includes(undefined)) console.log('This machine does not allow to limit the CPU of a process: all memory sizes run at full speed.\n');
const result = { memories, variants, cells: await measure() };
for (const quota of quotas.values()) await quota?.close();

console.log(`\nPython ${python.fullVersion}, ${requests.length} routers, ${requests.length * Number(options.rounds)} samples in each cell.\n`);
console.log(`Ratio of INIT and first response, after an empty handler is subtracted, 95 % confidence interval:\n\n${ratioTable(result)}\n`);
console.log(`${timesTable(result)}\n\n${targetTable(result)}\n`);
progress('warm requests');
const warm = { rounds: Number(options.warm ?? (options.quick ? 1 : 7)), blocks: options.quick ? 5 : 20, perBlock: 50 };
if (warm.rounds > 0) console.log(await warmTable(python.path, { lazy: functions.lazy.of(full), monolith: functions.monolith.of(full) }, all, warm));
if (options.out) writeFileSync(options.out, JSON.stringify({ python, ...result }));

/** By memory size and variant: the samples of each router. */
async function measure() {
  const names = [...variants, 'empty'];
  const newCell = () => ({ init: requests.map(() => []), first: requests.map(() => []), sum: requests.map(() => []) });
  const cells = Object.fromEntries(memories.map((memory) => [memory, Object.fromEntries(names.map((name) => [name, newCell()]))]));
  const random = seeded(1);
  // The first processes read the files from the disk.
  for (const name of names) await sample(name, full, requests[0]);
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [i, request] of requests.entries()) {
      progress(`round ${round + 1} of ${options.rounds}, router ${i + 1} of ${requests.length}: ${request.router}`);
      for (const memory of memories) {
        // A new order each time, so that no function always runs after the same function.
        for (const name of shuffled(names, random)) {
          const taken = await sample(name, memory, request);
          for (const figure of ['init', 'first', 'sum']) cells[memory][name][figure][i].push(taken[figure]);
        }
      }
    }
  }
  return cells;
}

async function sample(name, memoryMb, request) {
  const expected = name === 'empty' ? { ...request, status: 200, bodyIncludes: '' } : request;
  const { cpu, ...clock } = await coldStart(python.path, functions[name].of(memoryMb, request.router), expected, { memoryMb, cpuLimit: quotas.get(memoryMb) });
  if (!options.cpu) return clock;
  const first = cpu.first * cpuSlowdown(memoryMb);
  return { init: cpu.init, first, sum: cpu.init + first };
}
