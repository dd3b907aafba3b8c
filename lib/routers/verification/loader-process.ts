import * as path from 'path';
import { ProcessRun, runReporting } from './report-process';
import { RouterLoader } from './router-loader';
import { RouterKind } from '../../contract/router-kind';

/** Where and how the routers are loaded. */
export interface LoaderJob {
  readonly loader: RouterLoader;
  /** The copy of the asset. */
  readonly directory: string;
  /** The directory for files with the process's output. */
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
  /** Whether a router exceeded its time limit. */
  readonly timedOut: boolean;
  /** How the process ended, with the end of its output. */
  readonly end: string;
}

/** Loads routers in a new process. */
export function runLoader(routers: readonly LoadableRouter[], { loader, directory, scratch, environment, limitMs }: LoaderJob): LoaderRun {
  const input: LoaderInput = { main: path.join(directory, loader.main), routers, limitMs };
  const backstopMs = limitMs * (routers.length + 2);
  const run = runReporting<LoaderReport>({ command: loader.command, input, directory, scratch, environment, backstopMs });
  const early = run.reports.find(({ prefix }) => prefix === undefined);
  const end = early?.state === 'failed' ? early.message : describeEnd(run);
  return { reports: run.reports, timedOut: run.reports.some(isTimeOut) || run.stopped, end };
}

function isTimeOut(report: LoaderReport): boolean {
  return report.state === 'failed' && report.ended === 'by time-out';
}

/** The output may explain why the process ended. */
function describeEnd({ end, said }: ProcessRun<LoaderReport>): string {
  if (end.startsWith('failed: ')) return `the process that loads it ${end}`;
  return `the process ${end} while it loaded${said && `, with this output: ${said}`}`;
}
