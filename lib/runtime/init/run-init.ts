/** What INIT does: it loads what the plan contains, and never fails. */
import { useBuiltinCodeCache } from './builtin-code-cache';
import { InitPlan } from '../../contract/javascript/entry';
import type { LazyRouter } from '../dispatch/lazy-router';
import { CodedError, toCodedError } from '../failures/coded-error';
import { logFailure } from '../failures/log-failure';
import type { FetchPart } from '../fetch/fetch';
import { log } from '../log';
import type { Recovery } from '../recovery/recovery';

/** Lambda's limit for INIT is 10 s: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html. In milliseconds. */
const INIT_BUDGET = 8_000;

/** No caller waits for these kinds of INIT, so everything is loaded. Managed instances start many workers and follow the plan. */
const AHEAD_OF_DEMAND = /^(provisioned-concurrency|snap-start)$/;

type LoadFetch = () => Promise<Pick<FetchPart, 'warmUp'>>;
type LoadRecovery = () => Promise<Pick<Recovery, 'findCulprits'>>;

/** The number of modules that could not be loaded. */
export async function runInit(plan: InitPlan, routers: readonly LazyRouter[], loadFetch: LoadFetch, loadRecovery: LoadRecovery): Promise<number> {
  const restoreLimits = useBuiltinCodeCache();
  let failures = 0;
  const fail = (thrown: unknown, router?: string) => {
    failures++;
    logFailure(toCodedError(thrown), { router });
  };
  const tryLoad = (load: () => Promise<unknown>, router?: string) => load().catch((thrown: unknown) => fail(thrown, router));
  const everything = AHEAD_OF_DEMAND.test(process.env.AWS_LAMBDA_INITIALIZATION_TYPE ?? '');
  await waitFor([
    preloadChunks(plan, loadRecovery, fail),
    plan.fetch && tryLoad(async () => (await loadFetch()).warmUp()),
    ...routers.filter(({ prefix }) => everything || plan.routers.includes(prefix)).map(({ prefix, load }) => tryLoad(load, prefix)),
  ]);
  restoreLimits();
  return failures;
}

/** Waits until all loads have settled, or until the time of INIT is up. */
async function waitFor(loads: readonly unknown[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log('WARN', 'INIT_TIMEOUT', `INIT goes on after ${INIT_BUDGET} ms`, {});
      resolve();
    }, INIT_BUDGET);
  });
  await Promise.race([timeUp, Promise.all(loads)]);
  clearTimeout(timer);
}

async function preloadChunks({ chunks }: InitPlan, loadRecovery: LoadRecovery, fail: (culprit: CodedError) => void): Promise<void> {
  const settled = await Promise.allSettled(chunks.map((load) => load()));
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (!failed) return;
  const culprits = await loadRecovery().then((recovery) => recovery.findCulprits())
    .catch(() => [new CodedError('ROUTER_LOAD_FAILED', 'a chunk failed in INIT', { cause: failed.reason })]);
  culprits.forEach((culprit) => fail(culprit));
}
