/**
 * The cost of the library for a warm request: an empty router is called directly, through the library, and with the request line, in turns. New
 * processes write their output to a pipe, as in Lambda. Prints microseconds per request. Apps of server frameworks are called through the library and
 * through adapters.
 *
 * Usage: npm run bench:warm
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FRAMEWORK_SOURCES, frameworkEvent } from './apps/frameworks.mjs';
import { lambdaNode } from './lambda/node.mjs';
import { ADAPTERS, adapterSource } from './peers/adapters.mjs';
import { median, ratio } from './report/statistics.mjs';
import { table } from './report/markdown.mjs';
import { toEvent } from '../../examples/clinic-api/demo/event.mjs';

const PROCESSES = Number(process.env.BENCH_PROCESSES ?? 7);
const BLOCKS = 30;
const REQUESTS = 1000;

const ROUTERS = {
  handler: 'export const handler = async () => ({ statusCode: 204 });',
  fetch: 'export default { fetch: () => new Response(null, { status: 204 }) };',
  ...FRAMEWORK_SOURCES,
};

/** The variants: a kind of router, the number of routers, and how they are called. */
const VARIANTS = [
  ['a proxy handler, called directly', { kind: 'handler', count: 1, call: 'direct' }],
  ['through the library', { kind: 'handler', count: 1, call: 'none' }],
  ['through the library, of 300 routers', { kind: 'handler', count: 300, call: 'none' }],
  ['with the request log', { kind: 'handler', count: 1, call: 'everyRequest' }],
  ['a fetch router, called directly with a Request', { kind: 'fetch', count: 1, call: 'direct' }],
  ['through the library', { kind: 'fetch', count: 1, call: 'none' }],
  ['through the library, of 300 routers', { kind: 'fetch', count: 300, call: 'none' }],
  ['with the request log', { kind: 'fetch', count: 1, call: 'everyRequest' }],
];

/** Apps of server frameworks: through this library's part first, then through adapters. */
const ADAPTED = [
  ...['listenerPart', 'serverlessHttp', 'serverlessExpress'].map((adapter) => ({ kind: 'express', adapter })),
  ...['listenerPart', 'serverlessHttp', 'fastifyLambda'].map((adapter) => ({ kind: 'fastify', adapter })),
];

const ALL = [...VARIANTS.map(([, variant]) => variant), ...ADAPTED];

await (process.argv[2] ? measure(JSON.parse(process.argv[2])) : compare());

/** Runs in a separate process. Returns one number per variant. */
async function measure(assets) {
  Object.assign(process.env, { AWS_LAMBDA_FUNCTION_NAME: 'api', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' });
  const event = toEvent({ prefix: '/r0', method: 'GET', path: '/r0' });
  const context = { awsRequestId: '8a2c1b7e-1f0c-4b52-9c7e-5d2b8f3a6e10', getRemainingTimeInMillis: () => 29_000 };
  const calls = [];
  for (const [i, { kind, call, adapter }] of ALL.entries()) calls.push(await (adapter ? adapted(assets[i], context) : callOf(kind, call, assets[i], event, context)));
  const samples = calls.map(() => []);
  for (let block = 0; block < BLOCKS; block++) {
    for (const [i, call] of calls.entries()) {
      let nanoseconds = 0n;
      for (let request = 0; request < REQUESTS; request++) {
        const begin = process.hrtime.bigint();
        await call();
        nanoseconds += process.hrtime.bigint() - begin;
        // Between requests, Lambda's runtime client waits for the next event.
        await new Promise(setImmediate);
      }
      samples[i].push(Number(nanoseconds) / 1000 / REQUESTS);
    }
  }
  const heap = [await heapAfter(calls, REQUESTS * 10), await heapAfter(calls, REQUESTS * 10)];
  while (process.stdout.writableLength > 0) await new Promise(setImmediate);
  process.stderr.write(JSON.stringify({ medians: samples.map(median), heap }), () => process.exit(0));
}

/** The heap in megabytes after more requests to each variant. */
async function heapAfter(calls, requests) {
  for (const call of calls) {
    for (let request = 0; request < requests; request++) {
      await call();
      await new Promise(setImmediate);
    }
  }
  for (let times = 0; times < 3; times++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

async function adapted(asset, context) {
  const { handler } = await import(join(asset, 'index.mjs'));
  const { statusCode } = await handler(frameworkEvent(), context);
  if (statusCode !== 201) throw new Error(`${asset} answers ${statusCode}`);
  return () => handler(frameworkEvent(), context);
}

async function callOf(kind, call, asset, event, context) {
  if (call !== 'direct') {
    const { handler } = await import(join(asset, 'index.mjs'));
    return () => handler(event, context);
  }
  const module = await import(join(asset, 'routers/r0.mjs'));
  if (kind === 'handler') return () => module.handler(event, context);
  const { method } = event.requestContext.http;
  return async () => {
    const response = await module.default.fetch(new Request(`https://${event.headers.host}${event.rawPath}`, { method, headers: event.headers }));
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
}

async function compare() {
  const assets = await build();
  const runs = [];
  let bytes = 0;
  for (let run = 0; run < PROCESSES; run++) {
    // The shell's pipe is a FIFO, to which Node.js writes synchronously, as in Lambda. A pipe that `spawn` creates is a socket.
    const child = spawn('sh', ['-c', '"$@" | wc -c', 'sh', lambdaNode('24'), '--expose-gc', fileURLToPath(import.meta.url), JSON.stringify(assets)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => { output[stream] += chunk; });
    await new Promise((resolve) => child.on('close', resolve));
    runs.push(JSON.parse(output.stderr));
    bytes = Number(output.stdout) / ((BLOCKS + 20) * REQUESTS * VARIANTS.filter(([, { call }]) => call === 'everyRequest').length);
  }
  console.log(`| warm request, Node.js 24, ${PROCESSES} processes in turns | median | over the direct call | least and most |`);
  console.log('|---|---|---|---|');
  let direct;
  for (const [i, [name, { call }]] of VARIANTS.entries()) {
    const values = runs.map(({ medians }) => medians[i]);
    if (call === 'direct') direct = median(values);
    console.log(`| ${name} | ${us(median(values))} | ${call === 'direct' ? '' : us(median(values) - direct)} | ${us(Math.min(...values))} to ${us(Math.max(...values))} |`);
  }
  console.log(`\n${adaptedTable(runs.map(({ medians }) => medians.slice(VARIANTS.length)))}`);
  const [before, after] = [0, 1].map((i) => median(runs.map(({ heap }) => heap[i])).toFixed(2));
  console.log(`\nA line has ${Math.round(bytes)} bytes. The heap has ${before} MB after ${BLOCKS + 10} 000 requests to each, and ${after} MB after 10 000 more.`);
}

/** Adapters change the event that they receive, so each call has a new event. Its creation is part of all times. */
function adaptedTable(runs) {
  const samples = ADAPTED.map((_, i) => [runs.map((medians) => medians[i])]);
  const rows = ADAPTED.map(({ kind, adapter }, i) => {
    const own = samples[ADAPTED.findIndex((other) => other.kind === kind)];
    const { ratio: value, low, high } = ratio(own, samples[i]);
    return [kind, ADAPTERS[adapter].describe.replace(/,.*/, ''), us(median(samples[i][0])), own === samples[i] ? '' : `${value.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`];
  });
  return table(['an app of', 'through', 'median', 'this library takes so many times that, 95 % interval'], rows);
}

async function build() {
  const { bundleEsm } = await import('./peers/bundle.mjs');
  const { App, LazyApiFunction, RequestLog, Routers, Stack, Verify } = await import('./peers/library.mjs');
  const project = mkdtempSync(join(tmpdir(), 'lazy-api-bench-'));
  process.on('exit', () => rmSync(project, { recursive: true, force: true }));
  writeFileSync(join(project, 'package.json'), '{}');
  for (const [kind, source] of Object.entries(ROUTERS)) writeFileSync(join(project, `${kind}.mjs`), source);
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(project, 'node_modules'));
  const adapters = await Promise.all(ADAPTED.map(({ kind, adapter }) => {
    const outdir = join(project, `${kind}-${adapter}`);
    mkdirSync(outdir);
    return bundleEsm({ root: project }, adapterSource({ routers: [{ entry: `${kind}.mjs` }] }, adapter), outdir);
  }));
  const app = new App({ outdir: join(project, 'cdk.out') });
  return [...VARIANTS.map(([, { kind, count, call }], i) => {
    const api = new LazyApiFunction(new Stack(app, `Stack${i}`), 'Api', {
      routers: Routers.fromMap(Object.fromEntries(Array.from({ length: count }, (_, r) => [`/r${r}`, { entry: join(project, `${kind}.mjs`) }]))),
      bundling: { projectRoot: project },
      requestLog: call === 'everyRequest' ? RequestLog.everyRequest() : RequestLog.none(),
      monitoring: { alarms: false, dashboard: false, savedQueries: false },
      verify: Verify.off(),
    });
    return join(app.outdir, api.function.node.findChild('Code').assetPath);
  }), ...adapters];
}

function us(value) {
  return `${value.toFixed(1)} us`;
}
