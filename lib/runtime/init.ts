/**
 * What INIT does: loads what the plan says, and never fails.
 */
import { logFailure } from './answers';
import { ChunkRecovery } from './chunk-recovery';
import { toCodedError } from './coded-error';
import { Route } from './dispatch';
import { log } from './log';
import { RouterLoader } from './router-loader';
import { InitPlan } from '../contract/entry';

/** Lambda's limit for INIT is 10 s: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_BUDGET = 8_000;

/** Nobody waits for these INITs, so everything is loaded. Managed instances start many workers and keep to the plan. */
const AHEAD_OF_DEMAND = /^(provisioned-concurrency|snap-start)$/;

export interface InitParts {
  readonly routes: readonly Route[];
  readonly recovery: ChunkRecovery;
  readonly loadRouter: RouterLoader;
}

export async function runInit(plan: InitPlan, parts: InitParts): Promise<void> {
  const everything = AHEAD_OF_DEMAND.test(process.env.AWS_LAMBDA_INITIALIZATION_TYPE ?? '');
  const routes = parts.routes.filter(({ prefix }) => everything || plan.routers.includes(prefix));
  let timer: NodeJS.Timeout | undefined;
  const budget = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log('WARN', 'INIT_TIMEOUT', `INIT goes on after ${INIT_BUDGET} ms, its imports are not all done`, {});
      resolve();
    }, INIT_BUDGET);
  });
  await Promise.race([budget, Promise.all([preloadChunks(plan, parts), ...routes.map((route) => preloadRouter(route, parts))])]);
  clearTimeout(timer);
}

async function preloadChunks(plan: InitPlan, { recovery }: InitParts): Promise<void> {
  const settled = await Promise.allSettled(plan.chunks.map(async (load) => load()));
  if (settled.every(({ status }) => status === 'fulfilled')) return;
  for (const failure of await recovery.findCulprits()) logFailure(failure);
}

async function preloadRouter(route: Route, { loadRouter }: InitParts): Promise<void> {
  try {
    const router = await loadRouter(route);
    if (router.fetch) warmUpFetch();
  } catch (error) {
    logFailure(toCodedError(error), { router: route.prefix });
  }
}

/** Node loads its fetch implementation with the first use: 10 ms here, 280 ms in a request at 128 MB. */
function warmUpFetch(): void {
  new Response(new Request('https://localhost').body);
}
