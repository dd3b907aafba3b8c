import { createRequire } from 'node:module';
import { lambdaCommand } from '../../lambda-node/lambda.cjs';

const { ExecutionEnvironment } = createRequire(import.meta.url)('../../../lib/local/lambda/execution-environment.js');

/** What the routers expect around them. */
const OF_THE_APP = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', NODE_ENV: 'production' };

/**
 * A cold start as Lambda makes one: a fresh process of its runtime client, with its flags and its native part, in an execution environment.
 * From the first request on, the process has the share of the CPU that Lambda gives at this memory size.
 *
 * @returns milliseconds of INIT and of the first request, by the clock and of the CPU, the peak memory in MB, and the answer
 */
export async function coldStart({ node, task, event, memoryMb, cpuLimit, env = {}, nodeOptions = [], linger = 0 }) {
  const marks = {};
  let output = '';
  let peakMb;
  // Reading the CPU time takes a moment, which is no part of what is measured.
  const listener = {
    idle: (environment) => { marks.cpuReady ??= environment.cpuTimeMs ?? NaN; },
    asked: () => { marks.asked = performance.now(); },
    answered: (environment) => {
      marks.answered = performance.now();
      marks.cpuAnswered = environment.cpuTimeMs ?? NaN;
      peakMb = environment.peakMemoryMb;
    },
    output: (text) => { output += text; },
  };
  const { args, ...command } = lambdaCommand(node, { memoryMb, handler: 'index.handler' });
  const environment = await ExecutionEnvironment.start(functionOf(task, memoryMb, env), {
    ...command, args: [...nodeOptions, ...args],
  }, { listener, cpuLimit });
  const result = await environment.invoke({ requestId: '8a2c1b7e-1f0c-4b52-9c7e-5d2b8f3a6e10', event: JSON.stringify(event) });
  await new Promise((resolve) => setTimeout(resolve, linger));
  // Its end would take CPU from the next process.
  await environment.end();
  if (result.kind !== 'returned') throw new Error(`${task}: no answer\n${result.payload}\n${output}`);
  const cpu = { init: marks.cpuReady, first: marks.cpuAnswered - marks.cpuReady };
  return { init: environment.initMs, first: marks.answered - marks.asked, cpu, peakMb, result: JSON.parse(result.payload), output };
}

/** Without a memory limit: the peak is one of the figures. */
function functionOf(task, memoryMb, env) {
  const environment = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb), ...OF_THE_APP, ...env };
  return { name: 'api', directory: task, handler: 'index.handler', memoryMb: Infinity, timeoutMs: 60_000, environment, region: 'eu-central-1' };
}
