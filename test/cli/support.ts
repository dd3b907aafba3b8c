import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { lambdaNodes } from '../lambda-node';
import { cleanEnvironment } from '../support/packed';

/** The executable of the package. */
export const BIN = path.join(__dirname, '../../bin/lazy-api');

/** The newest Node.js that Lambda runs. */
export const NODE = lambdaNodes[lambdaNodes.length - 1].path;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly bytes: Buffer;
  readonly stderr: string;
}

/** Runs `lazy-api` in a separate process. */
export function lazyApi(args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly input?: string | Buffer; readonly bin?: string } = {}): Ended {
  const { cwd, env = {}, input, bin = BIN } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, env: { ...cleanEnvironment(), ...env }, input, timeout: 60_000 });
  return { code: status, stdout: stdout.toString(), bytes: stdout, stderr: stderr.toString() };
}

/** Synthesizes the app, and returns the directory of the assembly. */
export function synth(app: App): string {
  return app.synth().directory;
}
