import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { Asset } from '../asset';
import { Ended, LoadableRouter, LoaderRun, runLoader } from './loader-process';
import { RouterKinds } from '../manifest';
import { nextLimitMs } from './next-limit';
import { lambdaEnvironment, linkExternals, Sandbox } from './sandbox';
import { RouterKind } from '../../contract/entry';
import { writeFiles } from '../../private/write-files';

/** A router that did not load. */
export interface LoadFailure {
  readonly prefix: string;
  readonly entry: string;
  /** The chunk whose evaluation failed, where it is known. */
  readonly chunk?: string;
  /** The module that was not found. */
  readonly missingModule?: string;
  /** Whether it is such a failure as an older Node.js has and a newer one has not. */
  readonly needsNewerNode?: boolean;
  /** What would help: another export, or a file that is not in the asset. */
  readonly advice?: 'export' | 'file';
  readonly message: string;
}

export interface LoadResult {
  /** Of the routers that loaded. */
  readonly kinds: RouterKinds;
  readonly failures: readonly LoadFailure[];
}

/** How the loading of a router ended. */
type Outcome = { readonly kind: RouterKind } | Omit<LoadFailure, 'prefix' | 'entry'>;

/** The time limit of INIT: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const ROUTER_LIMIT_MS = 10_000;

const NO_TIME: LoaderRun = { reports: [], timedOut: false, end: 'it was not tried: the routers before it took too long' };

/**
 * Loads every router in a fresh process, from a copy of the asset with nothing around it: what is found only because a
 * node_modules lies above the sources is missing here, as it is in Lambda.
 */
export function loadEveryRouter(asset: Asset, externals: readonly string[], sandbox: Sandbox, limitMs = ROUTER_LIMIT_MS): LoadResult {
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  try {
    const directory = path.join(scratch, 'asset');
    fs.mkdirSync(directory);
    writeFiles(asset.files, directory);
    linkExternals(externals, sandbox.lookupDirectory, directory);
    const job = { directory, scratch, environment: lambdaEnvironment(sandbox, directory, scratch) };
    return toResult(asset, settle(asset.manifest.routers, limitMs, (routers, limit) => runLoader(routers, { ...job, limitMs: limit })), directory);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

type Run = (routers: readonly LoadableRouter[], limitMs: number) => LoaderRun;

/** When a router ends the process, a new one loads the routers that are left, so that one synthesis names all routers that fail. */
function settle(routers: readonly LoadableRouter[], limitMs: number, run: Run): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  const started = Date.now();
  let blockedMs = 0;
  let left = routers;
  while (left.length > 0) {
    const limit = nextLimitMs(limitMs, left.length, { elapsedMs: Date.now() - started, blockedMs });
    const loaded = limit > 0 ? run(left, limit) : NO_TIME;
    if (loaded.timedOut) blockedMs += limit;
    const found = outcomesOf(left, loaded, limit < limitMs);
    // A process that loads none of them would do so again.
    const settled = found.size > 0 ? found : left.map(({ prefix }) => [prefix, { message: loaded.end }] as const);
    for (const [prefix, outcome] of settled) outcomes.set(prefix, outcome);
    left = left.filter(({ prefix }) => !outcomes.has(prefix));
  }
  return outcomes;
}

/** The last report of a router counts. A router that was still loading ended the process. */
function outcomesOf(routers: readonly LoadableRouter[], { reports, end }: LoaderRun, hurried: boolean): Map<string, Outcome> {
  const last = new Map(reports.map((report) => [report.prefix, report]));
  const outcomes = new Map<string, Outcome>();
  for (const [i, { prefix, file }] of routers.entries()) {
    const report = last.get(prefix);
    if (!report) continue;
    const settled = report.state === 'loading' ? { state: 'failed', chunk: file, message: end, ended: 'by exit' } as const : report;
    outcomes.set(prefix, settled.state === 'loaded' ? settled : { ...settled, message: settled.message + hintFor(settled.ended, i > 0, hurried) });
  }
  return outcomes;
}

/** What the process itself cannot know about a router that ended it. */
function hintFor(ended: Ended | undefined, behindOthers: boolean, hurried: boolean): string {
  if (ended === 'by time-out') return hurried ? '; routers before it took the rest of the time' : '';
  return ended && behindOthers ? '; the cause may also be something that an earlier router started' : '';
}

function toResult({ manifest }: Asset, outcomes: ReadonlyMap<string, Outcome>, directory: string): LoadResult {
  const kinds = new Map<string, RouterKind>();
  const failures: LoadFailure[] = [];
  for (const { prefix, entry } of manifest.routers) {
    const outcome = outcomes.get(prefix)!;
    if ('kind' in outcome) kinds.set(prefix, outcome.kind);
    else failures.push(withoutDirectory({ ...outcome, prefix, entry }, directory));
  }
  return { kinds, failures };
}

function withoutDirectory(failure: LoadFailure, directory: string): LoadFailure {
  const shorten = (text: string) => text.split(`${pathToFileURL(directory).href}/`).join('').split(`${directory}${path.sep}`).join('');
  return { ...failure, message: shorten(failure.message), missingModule: failure.missingModule && shorten(failure.missingModule) };
}
