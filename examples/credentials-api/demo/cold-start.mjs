import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { toEvent } from '../../clinic-api/demo/event.mjs';

const { ExecutionEnvironment } = createRequire(import.meta.url)('../../../lib/local/lambda/execution-environment.js');

const REQUEST_ID = '8a2c1b7e-1f0c-4b52-9c7e-5d2b8f3a6e10';

/** The application's variables. All environments accept the tokens of one another. */
export const VARIABLES = { JWT_SECRET: 'the secret of the comparison of cold starts', AWS_ACCESS_KEY_ID: 'demo', AWS_SECRET_ACCESS_KEY: 'demo' };

/**
 * Runs a cold start like Lambda: a new process of its runtime client, which has the CPU share of the memory size from the first request on.
 *
 * @param fn the directory, the handler, and the environment variables of the function
 * @returns the milliseconds of INIT and of the first response by clock and by CPU time, those of each warm response, and the first response
 */
export async function coldStart(python, fn, request, { memoryMb = 1769, cpuLimit, warmRequests = 0 } = {}) {
  const marks = {};
  let output = '';
  const listener = {
    idle: ({ cpuTimeMs }) => { marks.cpuReady ??= cpuTimeMs; },
    asked: () => { marks.asked = performance.now(); },
    answered: ({ cpuTimeMs }) => {
      marks.answered = performance.now();
      marks.cpuAnswered ??= cpuTimeMs;
    },
    output: (text) => { output += text; },
  };
  const command = { command: python, args: ['-m', 'awslambdaric', fn.handler], environment: {} };
  const environment = await ExecutionEnvironment.start(functionOf(fn, memoryMb), command, { listener, cpuLimit });
  try {
    const event = JSON.stringify(toEvent({ ...request, prefix: `/api/v1/${request.router}` }));
    const send = async () => {
      const result = await environment.invoke({ requestId: REQUEST_ID, event });
      if (result.kind !== 'returned') throw new Error(`${fn.handler}: ${result.payload}\n${output}`);
      return { ms: marks.answered - marks.asked, response: JSON.parse(result.payload) };
    };
    const first = await send();
    const warm = [];
    while (warm.length < warmRequests) warm.push((await send()).ms);
    check(fn, request, first.response);
    const cpu = { init: marks.cpuReady, first: marks.cpuAnswered - marks.cpuReady };
    return { init: environment.initMs, first: first.ms, sum: environment.initMs + first.ms, cpu, warm, response: first.response };
  } finally {
    // If the process ended later, it would take CPU time from the next process.
    await environment.end();
  }
}

function functionOf({ directory, handler, environment }, memoryMb) {
  const variables = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb), ...VARIABLES, ...environment };
  return { name: 'api', directory, handler, memoryMb: Infinity, timeoutMs: 60_000, environment: variables, region: 'eu-central-1' };
}

function check({ handler }, { router, status, bodyIncludes = '' }, response) {
  const body = Buffer.from(response.body ?? '', response.isBase64Encoded ? 'base64' : 'utf8');
  if (response.statusCode !== status || !body.includes(bodyIncludes)) {
    throw new Error(`${handler}: ${router} answered ${response.statusCode} ${body.toString().slice(0, 500)} instead of ${status}`);
  }
}
