import { spawnSync } from 'child_process';
import { dependencyError, redact } from './errors';

/** A command line program, and what to do if it is missing. */
export interface Tool {
  /** As its makers write it. */
  readonly title: string;
  readonly command: string;
  /** How to install it. */
  readonly installation: string;
}

export interface ToolRun {
  readonly status: number | null;
  readonly stdout: string;
  /** What it printed, without credentials. */
  readonly output: string;
}

export interface ToolOptions {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Why it is needed, for the error if it is missing: `backend/uv.lock belongs to uv`. */
  readonly why: string;
}

/** How much of the output of a tool an error shows, in characters. */
const OUTPUT_SHOWN = 3000;

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Runs a tool to its end. Throws an error if it cannot be started. */
export function runTool(tool: Tool, args: readonly string[], { directory, environment = {}, why }: ToolOptions): ToolRun {
  const { status, stdout, stderr, error } = spawnSync(tool.command, args, {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CLICOLOR_FORCE: undefined, ...environment },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (error !== undefined) {
    const { code = error.message } = error as NodeJS.ErrnoException;
    throw dependencyError(`${why}, but ${tool.command} cannot be started: ${code}; ${tool.installation}`);
  }
  return { status, stdout, output: redact(`${stderr}${stdout}`.trim()).slice(-OUTPUT_SHOWN) };
}

/** Whether a command can be started. */
export function canStart(command: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(command, args, { encoding: 'utf8', env: process.env });
  return error === undefined && status === 0;
}
