import { spawnSync, SpawnSyncOptions, SpawnSyncReturns } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** A process that reports in lines of JSON to file descriptor 3. */
export interface ReportingProcess {
  readonly command: readonly [program: string, ...args: string[]];
  /** It reads this from stdin, as JSON. */
  readonly input: object;
  readonly directory: string;
  /** The directory for files with its output. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The time after which it is ended, in milliseconds. This is a last resort, because the process ends itself long before. */
  readonly backstopMs: number;
}

export interface ProcessRun<Report> {
  readonly reports: readonly Report[];
  /** Whether the backstop ended the process. */
  readonly stopped: boolean;
  /** How the process ended: `ended with exit code 1`. */
  readonly end: string;
  /** The end of its output, which may explain why it ended. */
  readonly said: string;
}

/** How many characters of the output an error shows. */
const OUTPUT_SHOWN = 2000;

/** Runs the process. Its output goes to files, because a pipe has a limit, and stays open while any process runs that a router started. */
export function runReporting<Report>({ command, input, directory, scratch, environment, backstopMs }: ReportingProcess): ProcessRun<Report> {
  const [reports, output] = ['reports', 'output'].map((name) => fs.openSync(path.join(scratch, name), 'w+'));
  try {
    const child = spawnGroup(command, {
      cwd: directory,
      env: environment,
      input: JSON.stringify(input),
      stdio: ['pipe', output, output, reports],
      timeout: backstopMs,
      killSignal: 'SIGKILL',
    });
    return { reports: parse(lastOf(reports)), stopped: isStopped(child), end: describeEnd(child), said: lastOf(output, OUTPUT_SHOWN) };
  } finally {
    [reports, output].forEach((file) => fs.closeSync(file));
  }
}

/**
 * The child gets its own process group, so that processes that routers start end with it. (`spawnSync` supports `detached`, but its types omit it.)
 */
function spawnGroup([program, ...args]: ReportingProcess['command'], options: SpawnSyncOptions): SpawnSyncReturns<Buffer | string> {
  const grouped: SpawnSyncOptions & { readonly detached: boolean } = { ...options, detached: process.platform !== 'win32' };
  const child = spawnSync(program, args, grouped);
  try {
    if (grouped.detached && child.pid > 0) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // No process of the group is left.
  }
  return child;
}

/** The end of a file. It is read by its descriptor, because a router may rename or remove the file. */
function lastOf(file: number, most = Infinity): string {
  const { size } = fs.fstatSync(file);
  const buffer = Buffer.alloc(Math.min(size, most));
  fs.readSync(file, buffer, 0, buffer.length, size - buffer.length);
  return buffer.toString().trim();
}

/** Lines that are not reports come from routers. */
function parse<Report>(lines: string): Report[] {
  return lines.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Report | null].filter((report) => report !== null);
    } catch {
      return [];
    }
  });
}

function isStopped({ error }: { readonly error?: NodeJS.ErrnoException }): boolean {
  return error?.code === 'ETIMEDOUT';
}

function describeEnd({ status, signal, error }: SpawnSyncReturns<unknown>): string {
  if (error) return `failed: ${error.message}`;
  return status === null ? `was killed by ${signal}` : `ended with exit code ${status}`;
}
