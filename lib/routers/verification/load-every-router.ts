import * as path from 'path';
import { pathToFileURL } from 'url';
import { Ended, LoadableRouter, LoaderRun, runLoader } from './loader-process';
import { nextLimitMs } from './next-limit';
import { LoadFailure, RouterLoader } from './router-loader';
import { CopiedAsset } from './sandbox';
import { RouterKind, RouterKinds } from '../../contract/router-kind';

/** A router of the code that is verified. */
export interface VerifiableRouter extends LoadableRouter {
  /** The router's source file, relative to the project root. */
  readonly entry: string;
}

export interface LoadResult {
  /** The kinds of the routers that loaded. */
  readonly kinds: RouterKinds;
  readonly failures: readonly LoadFailure[];
}

/** The result of loading a router. */
type Outcome = { readonly kind: RouterKind } | Omit<LoadFailure, 'prefix' | 'entry'>;

/** The time limit of INIT: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const ROUTER_LIMIT_MS = 10_000;

const NO_TIME: LoaderRun = { reports: [], timedOut: false, end: 'it was not loaded, because the routers before it took too long' };

/** Loads every router in a new process, from a copy of the asset. */
export function loadEveryRouter(
  routers: readonly VerifiableRouter[], loader: RouterLoader, copy: CopiedAsset, limitMs = ROUTER_LIMIT_MS,
): LoadResult {
  const outcomes = settle(routers, limitMs, (left, limit) => runLoader(left, { ...copy, loader, limitMs: limit }));
  return toResult(routers, outcomes, copy.directory);
}

type Run = (routers: readonly LoadableRouter[], limitMs: number) => LoaderRun;

/** When a router ends the process, a new one loads the remaining routers, so that one synthesis names all routers that fail. */
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

/** What the process itself cannot say about a router that ended it. */
function hintFor(ended: Ended | undefined, behindOthers: boolean, hurried: boolean): string {
  if (ended === 'by time-out') return hurried ? '; the routers before it used the rest of the time' : '';
  return ended && behindOthers ? '; the cause can also be something that an earlier router started' : '';
}

function toResult(routers: readonly VerifiableRouter[], outcomes: ReadonlyMap<string, Outcome>, directory: string): LoadResult {
  const kinds = new Map<string, RouterKind>();
  const failures: LoadFailure[] = [];
  for (const { prefix, entry } of routers) {
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
