/**
 * Measures the time from a save to the first response with the new code, compared with a full synthesis, and the overhead of the local server:
 * requests to a trivial function through it, and to a bare `node:http` server, which is the minimum on this machine. Prints requests per second with
 * 10 connections, and the time of sequential requests. Makes no assertions.
 *
 * Usage: npm run bench:local
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lambdaNode } from './lambda/node.mjs';
import { compareWithSynth } from './rebuild.mjs';
import { median } from './report/statistics.mjs';
import { table } from './report/markdown.mjs';

const CONNECTIONS = 10;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const WARM_UP_SECONDS = 2;

const require = createRequire(import.meta.url);

const SERVERS = {
  'bare node:http': async () => {
    const server = createServer((message, response) => { message.resume().on('end', () => response.writeHead(200).end('ok')); });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server.address().port;
  },
  'the local server': async () => {
    const { LocalLambda } = require('../../lib/local/lambda/local-lambda.js');
    const { nodeCommand } = require('../../lib/local/node/node-command.js');
    const { startLocalServer } = require('../../lib/local/server/local-server.js');
    const { NO_ENDPOINT } = require('../../lib/local/endpoint/local-endpoint.js');
    const directory = mkdtempSync(join(tmpdir(), 'bench-local-'));
    process.on('exit', () => rmSync(directory, { recursive: true }));
    writeFileSync(join(directory, 'index.mjs'), 'export const handler = async () => ({ statusCode: 200, body: "ok" });');
    const fn = { name: 'api', directory, handler: 'index.handler', memoryMb: 512, timeoutMs: 10_000, environment: {}, region: 'eu-central-1' };
    const lambda = new LocalLambda({ fn, command: nodeCommand(lambdaNode(24), fn) }, { concurrency: Number(process.env.BENCH_CONCURRENCY ?? 10) });
    const { port } = await startLocalServer({ endpoint: NO_ENDPOINT, lambda, functionName: 'api', port: 0, log() {} });
    return port;
  },
};

await (process.argv[2] ? serve(process.argv[2]) : compare());

/** Runs in a separate process, which ends when its standard input is closed. */
async function serve(name) {
  console.log(await SERVERS[name]());
  process.stdin.resume().on('close', () => process.exit());
}

async function compare() {
  await compareWithSynth();
  const rows = [];
  for (const name of Object.keys(SERVERS)) rows.push([name, ...await measure(name)]);
  const [[, , bareMs]] = rows;
  console.log(table(['', `requests/s, ${CONNECTIONS} connections`, 'ms per request, 1 connection', 'added ms'],
    rows.map(([name, perSecond, ms]) => [name, perSecond.toFixed(0), ms.toFixed(2), (ms - bareMs).toFixed(2)])));
}

async function measure(name) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), name], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
  await load(port, CONNECTIONS, WARM_UP_SECONDS);
  const many = await load(port, CONNECTIONS, SECONDS);
  const one = await load(port, 1, SECONDS);
  child.stdin.end();
  await new Promise((resolve) => child.on('close', resolve));
  return [many.length / SECONDS, median(one)];
}

/** The duration of each request, in milliseconds. */
async function load(port, connections, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + seconds * 1000;
  const times = [];
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await get(agent, port);
      times.push(performance.now() - started);
    }
  }));
  agent.destroy();
  return times;
}

function get(agent, port) {
  return new Promise((resolve, reject) => {
    request({ agent, port, host: '127.0.0.1', path: '/users/7' }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject).end();
  });
}
