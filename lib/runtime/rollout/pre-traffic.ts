/**
 * Loads every router when the function is asked to, directly. The generated entry imports it where a rollout verifies.
 */
import { VERIFICATION_EVENT, VerificationAnswer } from '../../contract/pre-traffic';
import { jsonResult, Result } from '../answers/result';
import type { LazyRouter } from '../dispatch/lazy-router';
import { toCodedError } from '../failures/coded-error';
import { logFailure } from '../failures/log-failure';

export type VerifyRouters = typeof verifyRouters;

/** Undefined for any other event. */
export async function verifyRouters(event: unknown, routers: readonly LazyRouter[]): Promise<Result | undefined> {
  if (!isVerification(event)) return undefined;
  const outcomes = await Promise.all(routers.map(({ prefix, load }) => load().then(
    () => ({ router: prefix, code: undefined }),
    (thrown: unknown) => {
      const failure = toCodedError(thrown);
      logFailure(failure, { router: prefix });
      return { router: prefix, code: failure.code };
    },
  )));
  const answer: VerificationAnswer = {
    loaded: outcomes.filter(({ code }) => code === undefined).map(({ router }) => router),
    failed: outcomes.flatMap(({ router, code }) => (code === undefined ? [] : [{ router, code }])),
  };
  return jsonResult(answer.failed.length > 0 ? 500 : 200, JSON.stringify(answer));
}

function isVerification(event: unknown): boolean {
  return Object.keys(event ?? {}).length === 1 && (event as Partial<typeof VERIFICATION_EVENT>).lazyApi === VERIFICATION_EVENT.lazyApi;
}
