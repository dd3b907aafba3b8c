import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { toEvent } from './event.mjs';

/** Lambda's flags for 1024 MB. V8 ignores the code cache of Node.js's own modules if its flags differ from those that Node.js was built with. */
const LAMBDA_FLAGS = ['--expose-gc', '--max-semi-space-size=51', '--max-old-space-size=921'];

const CHILD = join(import.meta.dirname, 'lambda.mjs');

/** INIT, the first request, and a warm request of a new process, in milliseconds. */
export function coldStart(asset, request) {
  const { init, first, warm } = run(asset, request);
  return { init, first, total: init + first, warm };
}

/** The number of files of the asset that the process loads for INIT and one request. */
export function countFiles(asset, request) {
  return run(asset, request, 'count').files;
}

function run(asset, request, mode = 'time') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...LAMBDA_FLAGS, CHILD, asset, mode], {
    cwd: asset,
    input: JSON.stringify(toEvent({ ...request, prefix: `/api/v1/${request.router}` })),
    encoding: 'utf8',
    env: { PATH: process.env.PATH, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'demo', AWS_SECRET_ACCESS_KEY: 'demo', NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`${request.router}: ${stderr || stdout}`);
  const result = JSON.parse(stdout.trim().split('\n').pop());
  if (result.status !== request.status) throw new Error(`${request.router} answered ${result.status} instead of ${request.status}: ${result.body}`);
  return result;
}
