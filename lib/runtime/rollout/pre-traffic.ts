/** Loads every router when a deployment requests it, before the new version gets traffic. The generated entry imports it if a rollout verifies. */
import { PRE_TRAFFIC_EVENT, PreTrafficAnswer } from '../../contract/pre-traffic';
import { jsonResult, Result } from '../answers/result';
import type { LazyRouter } from '../dispatch/lazy-router';
import { toCodedError } from '../failures/coded-error';
import { logFailure } from '../failures/log-failure';

export type PreTraffic = typeof preTraffic;

/** Undefined for any other event. */
export async function preTraffic(event: unknown, routers: readonly LazyRouter[]): Promise<Result | undefined> {
  if (!isPreTraffic(event)) return undefined;
  const outcomes = await Promise.all(routers.map(({ prefix, load }) => load().then(
    () => ({ router: prefix, code: undefined }),
    (thrown: unknown) => {
      const failure = toCodedError(thrown);
      logFailure(failure, { router: prefix });
      return { router: prefix, code: failure.code };
    },
  )));
  const answer: PreTrafficAnswer = {
    loaded: outcomes.filter(({ code }) => code === undefined).map(({ router }) => router),
    failed: outcomes.flatMap(({ router, code }) => (code === undefined ? [] : [{ router, code }])),
  };
  return jsonResult(answer.failed.length > 0 ? 500 : 200, JSON.stringify(answer));
}

function isPreTraffic(event: unknown): boolean {
  return Object.keys(event ?? {}).length === 1 && (event as Partial<typeof PRE_TRAFFIC_EVENT>).lazyApi === PRE_TRAFFIC_EVENT.lazyApi;
}
