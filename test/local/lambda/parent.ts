import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { lambdaVariables } from '../../../lib/local/lambda/local-function';
import { Runnable } from '../../../lib/local/lambda/local-lambda';

/** A process that starts an environment, passes it one invocation, and waits. */
const PARENT = `
  const { command: { command, args, environment }, variables, directory } = JSON.parse(process.argv[1]);
  const invocation = {
    'lambda-runtime-aws-request-id': 'id', 'lambda-runtime-deadline-ms': '9999999999999', 'lambda-runtime-invoked-function-arn': 'arn', 'content-length': 2,
  };
  const server = require('node:http').createServer((request, response) => response.writeHead(200, invocation).end('{}')).listen(0, '127.0.0.1', () => {
    const env = { ...variables, ...environment, AWS_LAMBDA_RUNTIME_API: '127.0.0.1:' + server.address().port };
    require('node:child_process').spawn(command, args, { cwd: directory, env, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  });
`;

/** Kills the process that started a function while the function, which prints its process ID, is busy. Returns whether its process ran before and after. */
export async function killParentOf({ fn, command }: Runnable): Promise<readonly [before: boolean, after: boolean]> {
  const parent = spawn(process.execPath, ['-e', PARENT, JSON.stringify({ command, variables: lambdaVariables(fn, ''), directory: fn.directory })]);
  let pid: number | undefined;
  try {
    pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    const before = isRunning(pid);
    parent.kill('SIGKILL');
    await wait(500);
    return [before, isRunning(pid)];
  } finally {
    parent.kill('SIGKILL');
    if (pid !== undefined && isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
}

/** A process that has ended can be a zombie until its new parent reaps it. */
function isRunning(pid: number): boolean {
  return !/^(?:Z|$)/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());
}
