import { spawnSync, SpawnSyncOptions, SpawnSyncReturns } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { MAIN_FILE } from './entry-source';
import { RouterKind } from '../contract/entry';

/** What is loaded, and how. */
export interface LoaderJob {
  /** Of the asset's copy. */
  readonly directory: string;
  /** For the files of the process's output. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** How long each router may take, in milliseconds. */
  readonly limitMs: number;
}

export interface LoadableRouter {
  readonly prefix: string;
  readonly file: string;
}

/** What verification-child.mjs and its watcher write, a line each time that a router's state changes. */
export type Report =
  | { readonly prefix: string; readonly state: 'loading' }
  | { readonly prefix: string; readonly state: 'loaded'; readonly kind: RouterKind }
  /** Without a prefix where it failed before the first router. */
  | { readonly prefix?: string; readonly state: 'failed'; readonly chunk?: string; readonly message: string };

export interface LoaderRun {
  readonly reports: readonly Report[];
  /** How the process ended, with the last of what it said. */
  readonly end: string;
}

/** How much of the process's output an error shows, in characters. */
const OUTPUT_SHOWN = 2000;

/** Loads routers in a fresh process. Its output goes to files: a pipe has a limit, and stays open as long as a process that a router started. */
export function runLoader(routers: readonly LoadableRouter[], { directory, scratch, environment, limitMs }: LoaderJob): LoaderRun {
  const [reports, output] = ['reports', 'output'].map((name) => fs.openSync(path.join(scratch, name), 'w+'));
  try {
    const child = spawnLoader({
      cwd: directory,
      env: environment,
      input: JSON.stringify({ main: path.join(directory, MAIN_FILE), routers, limitMs }),
      stdio: ['pipe', output, output, reports],
      // The child's own watcher is to end it long before.
      timeout: limitMs * (routers.length + 2),
      killSignal: 'SIGKILL',
    });
    const all = parse(lastOf(reports));
    const early = all.find(({ prefix }) => prefix === undefined);
    return { reports: all, end: early?.state === 'failed' ? early.message : endOf(child, lastOf(output, OUTPUT_SHOWN)) };
  } finally {
    [reports, output].forEach((file) => fs.closeSync(file));
  }
}

/** In a process group of its own, so that what routers start ends with them. (`detached` works here, too, but is not in the types.) */
function spawnLoader(options: SpawnSyncOptions): SpawnSyncReturns<Buffer | string> {
  const grouped: SpawnSyncOptions & { readonly detached: boolean } = { ...options, detached: process.platform !== 'win32' };
  const child = spawnSync(process.execPath, [path.join(__dirname, 'verification-child.mjs')], grouped);
  try {
    if (grouped.detached && child.pid > 0) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // There is nothing left of the group.
  }
  return child;
}

/** The end of a file, by its descriptor: whatever becomes of its name. */
function lastOf(file: number, most = Infinity): string {
  const { size } = fs.fstatSync(file);
  const buffer = Buffer.alloc(Math.min(size, most));
  fs.readSync(file, buffer, 0, buffer.length, size - buffer.length);
  return buffer.toString().trim();
}

/** A line that is no report comes from a router. */
function parse(lines: string): Report[] {
  return lines.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Report | null].filter((report) => report !== null);
    } catch {
      return [];
    }
  });
}

/** Why it ended may be in its output. */
function endOf({ status, signal, error }: SpawnSyncReturns<unknown>, said: string): string {
  if (error) return `the process that loads it failed: ${error.message}`;
  const how = status === null ? `was ended by ${signal}` : `ended with exit code ${status}`;
  return `the process ${how} while it loaded${said && `, and said: ${said}`}`;
}
