import { spawnSync } from 'node:child_process';

/** Runs a program. Throws an error with its output if it fails. */
export function run(program, args, { cwd, env = {} }) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}\n${stdout ?? ''}${stderr ?? ''}`);
}

export function isInstalled(tool, args) {
  return spawnSync(tool, args, { stdio: 'ignore' }).status === 0;
}
