import { spawnSync, SpawnSyncOptions, SpawnSyncReturns } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { RouterLoader } from './router-loader';
import { RouterKind } from '../../contract/router-kind';

/** Where and how the routers are loaded. */
export interface LoaderJob {
  readonly loader: RouterLoader;
  /** The copy of the asset. */
  readonly directory: string;
  /** Where the files with the process's output are. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** How long each router may take, in milliseconds. */
  readonly limitMs: number;
}

export interface LoadableRouter {
  readonly prefix: string;
  /** The router's own chunk, relative to the asset's root. */
  readonly file: string;
}

/** What the process reads from stdin, as JSON. */
export interface LoaderInput {
  /** The absolute path of the file through which it loads routers. */
  readonly main: string;
  readonly routers: readonly LoadableRouter[];
  /** How long each router may take, in milliseconds. */
  readonly limitMs: number;
}

/** How a router ended the process. */
export type Ended = 'by exit' | 'by exception' | 'by time-out';

/** A line that the process writes when the state of a router changes. */
export type LoaderReport =
  | { readonly prefix: string; readonly state: 'loading' }
  | { readonly prefix: string; readonly state: 'loaded'; readonly kind: RouterKind }
  /** Without a prefix if the process failed before the first router. */
  | { readonly prefix?: string; readonly state: 'failed'; readonly chunk?: string; readonly message: string; readonly ended?: Ended };

export interface LoaderRun {
  readonly reports: readonly LoaderReport[];
  /** Whether a router took longer than it may. */
  readonly timedOut: boolean;
  /** How the process ended, with the end of its output. */
  readonly end: string;
}

/** The most characters of the process's output that an error shows. */
const OUTPUT_SHOWN = 2000;

/** Loads routers in a fresh process. Its output goes to files: a pipe has a limit, and stays open while any process runs that a router started. */
export function runLoader(routers: readonly LoadableRouter[], { loader, directory, scratch, environment, limitMs }: LoaderJob): LoaderRun {
  const input: LoaderInput = { main: path.join(directory, loader.main), routers, limitMs };
  const [reports, output] = ['reports', 'output'].map((name) => fs.openSync(path.join(scratch, name), 'w+'));
  try {
    const child = spawnLoader(loader, {
      cwd: directory,
      env: environment,
      input: JSON.stringify(input),
      stdio: ['pipe', output, output, reports],
      // A last resort: the process ends itself long before.
      timeout: limitMs * (routers.length + 2),
      killSignal: 'SIGKILL',
    });
    const all = parse(lastOf(reports));
    const early = all.find(({ prefix }) => prefix === undefined);
    const end = early?.state === 'failed' ? early.message : endOf(child, lastOf(output, OUTPUT_SHOWN));
    return { reports: all, timedOut: all.some(isTimeOut) || isBackstop(child), end };
  } finally {
    [reports, output].forEach((file) => fs.closeSync(file));
  }
}

/** The child gets its own process group, so that processes that routers start end with it. (`spawnSync` knows `detached`, but its types do not.) */
function spawnLoader({ command: [program, ...args] }: RouterLoader, options: SpawnSyncOptions): SpawnSyncReturns<Buffer | string> {
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
function parse(lines: string): LoaderReport[] {
  return lines.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LoaderReport | null].filter((report) => report !== null);
    } catch {
      return [];
    }
  });
}

function isTimeOut(report: LoaderReport): boolean {
  return report.state === 'failed' && report.ended === 'by time-out';
}

/** The process did not even end itself: something stopped it. */
function isBackstop({ error }: { readonly error?: NodeJS.ErrnoException }): boolean {
  return error?.code === 'ETIMEDOUT';
}

/** The output may say why the process ended. */
function endOf({ status, signal, error }: SpawnSyncReturns<unknown>, said: string): string {
  if (error) return `the process that loads it failed: ${error.message}`;
  const how = status === null ? `was ended by ${signal}` : `ended with exit code ${status}`;
  return `the process ${how} while it loaded${said && `, and said: ${said}`}`;
}
