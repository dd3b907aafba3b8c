import { createRequire } from 'node:module';
import { lambdaCommand } from '../../lambda-node/lambda.cjs';

const { ExecutionEnvironment } = createRequire(import.meta.url)('../../../lib/local/lambda/execution-environment.js');

/** The environment variables that the routers expect. */
const OF_THE_APP = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', NODE_ENV: 'production' };

/**
 * Runs a cold start like Lambda: a new process of its runtime client, with its flags and its native part, in an execution environment.
 * From the first request on, the process has the CPU share that Lambda provides at this memory size.
 *
 * @returns the milliseconds of INIT and of the first request by clock and by CPU time, the peak memory in MB, and the response
 */
export async function coldStart({ node, task, event, memoryMb, cpuLimit, env = {}, nodeOptions = [], linger = 0 }) {
  const marks = {};
  let output = '';
  let peakMb;
  // Reading the CPU time takes a moment, which the measurement must not include.
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
  // If the process ended later, it would take CPU time from the next process.
  await environment.end();
  if (result.kind !== 'returned') throw new Error(`${task}: no answer\n${result.payload}\n${output}`);
  const cpu = { init: marks.cpuReady, first: marks.cpuAnswered - marks.cpuReady };
  return { init: environment.initMs, first: marks.answered - marks.asked, cpu, peakMb, result: JSON.parse(result.payload), output };
}

/** There is no memory limit, because the peak is one of the figures. */
function functionOf(task, memoryMb, env) {
  const environment = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb), ...OF_THE_APP, ...env };
  return { name: 'api', directory: task, handler: 'index.handler', memoryMb: Infinity, timeoutMs: 60_000, environment, region: 'eu-central-1' };
}
