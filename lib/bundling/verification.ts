import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { Asset } from './asset';
import { LoadableRouter, LoaderRun, Report, runLoader } from './loader-process';
import { RouterKinds } from './manifest';
import { lambdaEnvironment, linkExternals, Sandbox } from './sandbox';
import { RouterKind } from '../contract/entry';
import { writeFiles } from '../private/write-files';

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

/** No new process starts after this time, in milliseconds. */
const RESTARTS_MS = 60_000;

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
    const job = { directory, scratch, environment: lambdaEnvironment(sandbox, directory, scratch), limitMs };
    return toResult(asset, settle(asset.manifest.routers, (routers) => runLoader(routers, job)), directory);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** When a router ends the process, a new one loads the routers that are left, so that one synthesis names all routers that fail. */
function settle(routers: readonly LoadableRouter[], run: (routers: readonly LoadableRouter[]) => LoaderRun): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  const giveUp = Date.now() + RESTARTS_MS;
  let left = routers;
  while (left.length > 0) {
    const loading = left;
    const { reports, end } = run(loading);
    for (const [prefix, outcome] of outcomesOf(loading, reports, end)) outcomes.set(prefix, outcome);
    left = loading.filter(({ prefix }) => !outcomes.has(prefix));
    const reason = left.length === loading.length ? end : Date.now() > giveUp ? 'it was not loaded: the routers before it took too long' : undefined;
    if (reason !== undefined) return new Map([...outcomes, ...left.map(({ prefix }) => [prefix, { message: reason }] as const)]);
  }
  return outcomes;
}

/** The last report of a router counts. A router that was still loading ended the process. */
function outcomesOf(routers: readonly LoadableRouter[], reports: readonly Report[], end: string): Map<string, Outcome> {
  const last = new Map(reports.map((report) => [report.prefix, report]));
  const outcomes = new Map<string, Outcome>();
  for (const [i, { prefix, file }] of routers.entries()) {
    const report = last.get(prefix);
    if (!report) continue;
    const ended = { chunk: file, message: i === 0 ? end : `${end}, or something that an earlier router started ended it` };
    outcomes.set(prefix, report.state === 'loading' ? ended : report);
  }
  return outcomes;
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
