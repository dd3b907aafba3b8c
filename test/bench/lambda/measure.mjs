import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldStart } from './runtime-api.mjs';

const { cpuSlowdown } = createRequire(import.meta.url)('../../../lib/local/lambda/cpu-limit.js');

/**
 * Takes one sample, and checks that the response is the one that the app promises. `cpuTime` counts CPU time, and multiplies the first request's time
 * by Lambda's slowdown. On a busy machine, this is more accurate than the clock, although it does not count waiting.
 */
export async function sample(node, build, request, { memoryMb, cpuLimit, cpuTime }) {
  const { init, first, peakMb, result } = await (cpuTime ? computed : coldStart)({ node, task: build.task, env: build.env, event: request.event(), memoryMb, cpuLimit });
  check(build, request, result);
  return { init, first, sum: init + first, peakMb };
}

async function computed({ cpuLimit: _, ...given }) {
  const { cpu: { init, first }, ...rest } = await coldStart(given);
  return { ...rest, init, first: first * cpuSlowdown(given.memoryMb) };
}

function check({ task }, { router, status, includes }, { statusCode, body = '', isBase64Encoded }) {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  if (statusCode !== status || (includes && !text.includes(includes))) throw new Error(`${task}: ${router} answered ${statusCode} ${text.slice(0, 500)} instead of ${status}`);
}

/** The number of the asset's files that a cold start reads, and their size in bytes. */
export async function filesOf(node, build, request) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-files-'));
  try {
    const list = join(folder, 'files.json');
    await coldStart({
      node, task: build.task, event: request.event(), memoryMb: 1769, linger: 100,
      env: { ...build.env, BENCH_FILES: list }, nodeOptions: ['--import', join(import.meta.dirname, 'files.mjs')],
    });
    const files = JSON.parse(readFileSync(list, 'utf8')).filter((file) => file.startsWith('/') && !file.includes('/lambda-node/') && !file.includes('/bench/lambda/') && existsSync(file));
    return { count: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures Node.js and Lambda's client alone. */
export function emptyHandler(scratch) {
  const task = join(scratch, 'idle');
  mkdirSync(task, { recursive: true });
  writeFileSync(join(task, 'index.mjs'), 'export const handler = async () => ({ statusCode: 200, body: "" });');
  return { task };
}

/** Selects at most `most` elements, evenly spread. */
export function spread(list, most) {
  return list.length <= most ? list : Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]);
}
