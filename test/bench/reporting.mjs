/**
 * What the line about a request costs: warm requests to one empty router, with the request log and without, in turns, in fresh processes whose output
 * goes through a pipe, as in Lambda. Prints microseconds per request.
 *
 * Usage: npm run bench:reporting
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROCESSES = Number(process.env.BENCH_PROCESSES ?? 7);
const BLOCKS = 30;
const REQUESTS = 1000;

const [, self, ...assets] = process.argv;
await (assets.length > 0 ? measure(assets) : compare());

/** In a process of its own: one number per asset. */
async function measure(folders) {
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'api';
  process.env.AWS_LAMBDA_INITIALIZATION_TYPE = 'on-demand';
  const handlers = [];
  for (const folder of folders) handlers.push((await import(join(folder, 'index.mjs'))).handler);
  const event = {
    version: '2.0', routeKey: 'ANY /empty', rawPath: '/empty', rawQueryString: '', headers: {}, isBase64Encoded: false,
    requestContext: { requestId: 'JKJaXmPLvHcESHA=', stage: '$default', timeEpoch: Date.now(), http: { method: 'GET', path: '/empty' } },
  };
  const context = { awsRequestId: '8a2c1b7e-1f0c-4b52-9c7e-5d2b8f3a6e10', getRemainingTimeInMillis: () => 29_000 };
  const samples = handlers.map(() => []);
  for (let block = 0; block < BLOCKS; block++) {
    for (const [i, handler] of handlers.entries()) {
      let nanoseconds = 0n;
      for (let request = 0; request < REQUESTS; request++) {
        const begin = process.hrtime.bigint();
        await handler(event, context);
        nanoseconds += process.hrtime.bigint() - begin;
        // Between requests, Lambda's runtime client waits for the next one.
        await new Promise(setImmediate);
      }
      samples[i].push(Number(nanoseconds) / 1000 / REQUESTS);
    }
  }
  while (process.stdout.writableLength > 0) await new Promise(setImmediate);
  process.stderr.write(JSON.stringify(samples.map(median)), () => process.exit(0));
}

async function compare() {
  const folders = build();
  const runs = [];
  let bytes = 0;
  for (let run = 0; run < PROCESSES; run++) {
    // The shell's pipe is a FIFO, to which Node.js writes synchronously, as in Lambda; one that `spawn` makes is a socket.
    const child = spawn('sh', ['-c', '"$@" | wc -c', 'sh', process.execPath, self, ...folders], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => { output[stream] += chunk; });
    await new Promise((resolve) => child.on('close', resolve));
    runs.push(JSON.parse(output.stderr));
    bytes = Number(output.stdout) / (BLOCKS * REQUESTS);
  }
  const [without, withLog] = [0, 1].map((i) => runs.map((run) => run[i]));
  const costs = runs.map(([a, b]) => b - a);
  console.log(`| warm request, Node.js ${process.version}, ${PROCESSES} processes in turns | median | least and most |`);
  console.log('|---|---|---|');
  for (const [name, values] of [['without the request log', without], ['with it', withLog], ['what the line costs', costs]]) {
    console.log(`| ${name} | ${median(values).toFixed(1)} us | ${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} us |`);
  }
  console.log(`\nA line has ${Math.round(bytes)} bytes.`);
}

function build() {
  const require = createRequire(import.meta.url);
  const root = join(fileURLToPath(import.meta.url), '../../..');
  const { App, Stack } = require('aws-cdk-lib');
  const { LazyApiFunction, RequestLog, Routers, Verify } = require(join(root, 'lib/index.js'));
  const project = mkdtempSync(join(tmpdir(), 'lazy-api-bench-'));
  writeFileSync(join(project, 'package.json'), '{}');
  writeFileSync(join(project, 'empty.mjs'), 'export const handler = async () => ({ statusCode: 204 });');
  const app = new App({ outdir: join(project, 'cdk.out') });
  return [RequestLog.none(), RequestLog.everyRequest()].map((requestLog, i) => {
    const api = new LazyApiFunction(new Stack(app, `Stack${i}`), 'Api', {
      routers: Routers.fromMap({ '/empty': { entry: join(project, 'empty.mjs') } }), bundling: { projectRoot: project }, requestLog, verify: Verify.off(),
    });
    return join(app.outdir, api.function.node.findChild('Code').assetPath);
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
