import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { lambdaProcess } from '../../lambda-node/lambda.cjs';

/** What the routers expect around them. */
const OF_THE_APP = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', NODE_ENV: 'production' };

/**
 * A cold start as Lambda makes one: a fresh process of its runtime client, with its flags, against a local server that speaks the Runtime API.
 * From the first request on, the process has the share of the CPU that Lambda gives at this memory size.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @returns milliseconds of INIT and of the first request, by the clock and of the CPU, the peak memory in MB, and the answer
 */
export async function coldStart({ node, task, event, memoryMb, quota, env = {}, nodeOptions = [], linger = 0 }) {
  const marks = {};
  let answer;
  let peakMb;
  let child;
  const done = deferred();
  const server = createServer((request, response) => {
    if (request.url.endsWith('/invocation/next')) {
      if (marks.ready !== undefined) return;
      marks.ready = performance.now();
      marks.cpuReady = cpuTime(child.pid);
      quota?.enter(child.pid);
      marks.asked = performance.now();
      response.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': '8a2c1b7e-1f0c-4b52-9c7e-5d2b8f3a6e10',
        'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:api:live',
        'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000',
      }).end(JSON.stringify(event));
      return;
    }
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      marks.answered ??= performance.now();
      marks.cpuAnswered ??= cpuTime(child.pid);
      answer ??= { url: request.url, text: Buffer.concat(chunks).toString() };
      peakMb ??= peakMemory(child.pid);
      response.writeHead(202).end('{}');
      done.resolve();
    });
  });
  // A slow first request takes longer than Node.js keeps the client's connection.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  marks.started = performance.now();
  const lambda = lambdaProcess(task, port, memoryMb);
  child = spawn(node, [...lambda.flags, ...nodeOptions, ...lambda.client], { cwd: task, stdio: ['ignore', 'pipe', 'pipe'], env: { ...lambda.env, ...OF_THE_APP, ...env } });
  let output = '';
  for (const stream of ['stdout', 'stderr']) child[stream].on('data', (text) => { output += text; });
  const closed = new Promise((resolve) => child.on('close', resolve));
  await Promise.race([done.promise, closed]);
  await new Promise((resolve) => setTimeout(resolve, linger));
  child.kill('SIGKILL');
  // Its end would take CPU from the next process.
  await closed;
  server.closeAllConnections();
  server.close();
  if (!answer?.url.endsWith('/response')) throw new Error(`${task}: no answer\n${answer?.text ?? ''}\n${output}`);
  const cpu = { init: marks.cpuReady, first: marks.cpuAnswered - marks.cpuReady };
  return { init: marks.ready - marks.started, first: marks.answered - marks.asked, cpu, peakMb, result: JSON.parse(answer.text), output };
}

/** What all threads of a process have computed, in ms. NaN where the system does not tell. */
function cpuTime(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    return threads.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e6;
  } catch {
    return NaN;
  }
}

function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return undefined;
  }
}

function deferred() {
  let resolve;
  return { promise: new Promise((settle) => { resolve = settle; }), resolve };
}
