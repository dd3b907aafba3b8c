import { spawnSync } from 'child_process';
import { SmokeEvent } from './smoke-event';
import { ObservedImport } from '../../preload/observed-import';
import { runReporting } from '../report-process';
import { CopiedAsset } from '../sandbox';

/** How a router responded. */
export interface SmokeAnswer {
  readonly index: number;
  /** `broken off` if the client received only a part of a streamed response. */
  readonly status: number | 'broken off';
  /** What the function logged about a failure. */
  readonly error?: string;
  /** Files that the router looked for and did not find, absolute. */
  readonly missingFiles: readonly string[];
  /** Whether the router tried to reach the network. */
  readonly usedNetwork: boolean;
}

/** A line that the process writes. */
type SmokeReport =
  | { readonly index: number; readonly state: 'sending' }
  | ({ readonly state: 'answered' } & SmokeAnswer)
  | ({ readonly state: 'imported' } & ObservedImport);

/** What the process reads from stdin, as JSON. */
export interface SmokeInput {
  /** The directory of the asset. */
  readonly asset: string;
  readonly events: readonly object[];
  /** How long each request may take, in milliseconds. */
  readonly limitMs: number;
}

export interface SmokeRun {
  readonly answers: readonly SmokeAnswer[];
  /** All imports between files of the asset, including static imports. */
  readonly imports: readonly ObservedImport[];
  /** Why some requests have no response. */
  readonly end: string;
}

/** Sends events to the function of an asset, one after the other, in one process without a network. */
export function sendRequests(command: readonly [string, ...string[]], events: readonly SmokeEvent[], copy: CopiedAsset, limitMs: number): SmokeRun {
  const input: SmokeInput = { asset: copy.directory, events: events.map(({ event }) => event), limitMs };
  const run = runReporting<SmokeReport>({ ...copy, command: withoutNetwork(command), input, backstopMs: limitMs * (events.length + 1) });
  const answers = run.reports.flatMap((report) => (report.state === 'answered' ? [report] : []));
  const imports = run.reports.flatMap((report) => (report.state === 'imported' ? [report] : []));
  return { answers, imports, end: `the process ${run.stopped ? 'took too long' : run.end}${run.said && `, with this output: ${run.said}`}` };
}

/** On Linux, in a separate network namespace if the system allows it. The process itself also refuses connections. */
function withoutNetwork(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return canUnshare() ? ['unshare', '--map-root-user', '--net', ...command] : command;
}

let unshares: boolean | undefined;

function canUnshare(): boolean {
  unshares ??= process.platform === 'linux' && spawnSync('unshare', ['--map-root-user', '--net', 'true']).status === 0;
  return unshares;
}
