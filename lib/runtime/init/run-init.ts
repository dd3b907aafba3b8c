/**
 * What INIT does: loads what the plan says, and never fails.
 */
import { logFailure } from '../answers/result';
import { useBuiltinCodeCache } from './builtin-code-cache';
import { CodedError, toCodedError } from '../failures/coded-error';
import type { FetchPart } from '../fetch/fetch';
import { log } from '../log';
import type { Recovery } from '../recovery/recovery';
import type { Route } from '../dispatch/lazy-router';
import { InitPlan } from '../../contract/entry';

/** Lambda's limit for INIT is 10 s: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_BUDGET = 8_000;

/** Nobody waits for these INITs, so everything is loaded. Managed instances start many workers and keep to the plan. */
const AHEAD_OF_DEMAND = /^(provisioned-concurrency|snap-start)$/;

export interface InitParts {
  readonly routes: readonly Route[];
  loadFetch(): Promise<Pick<FetchPart, 'warmUp'>>;
  loadRecovery(): Promise<Pick<Recovery, 'findCulprits'>>;
}

/** The number of modules that could not be loaded. */
export async function runInit(plan: InitPlan, { routes, loadFetch, loadRecovery }: InitParts): Promise<number> {
  const restoreLimits = useBuiltinCodeCache();
  let failures = 0;
  const fail = (thrown: unknown, router?: string) => {
    failures++;
    logFailure(toCodedError(thrown), { router });
  };
  const attempt = (load: () => Promise<unknown>, router?: string) => load().catch((thrown: unknown) => fail(thrown, router));
  const everything = AHEAD_OF_DEMAND.test(process.env.AWS_LAMBDA_INITIALIZATION_TYPE ?? '');
  const loads = [
    preloadChunks(plan, loadRecovery, fail),
    plan.fetch && attempt(async () => (await loadFetch()).warmUp()),
    ...routes.filter(({ prefix }) => everything || plan.routers.includes(prefix)).map(({ prefix, loadRouter }) => attempt(loadRouter, prefix)),
  ];
  let timer: NodeJS.Timeout | undefined;
  const budget = new Promise<true>((resolve) => { timer = setTimeout(resolve, INIT_BUDGET, true); });
  if (await Promise.race([budget, Promise.all(loads)]) === true) log('WARN', 'INIT_TIMEOUT', `INIT goes on after ${INIT_BUDGET} ms`, {});
  clearTimeout(timer);
  restoreLimits();
  return failures;
}

async function preloadChunks({ chunks }: InitPlan, loadRecovery: InitParts['loadRecovery'], fail: (culprit: CodedError) => void): Promise<void> {
  const settled = await Promise.allSettled(chunks.map(async (load) => load()));
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (!failed) return;
  const culprits = await loadRecovery().then((recovery) => recovery.findCulprits())
    .catch(() => [new CodedError('ROUTER_LOAD_FAILED', 'a chunk failed in INIT', { cause: failed.reason })]);
  culprits.forEach((culprit) => fail(culprit));
}
