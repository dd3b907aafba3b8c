/**
 * Asking again, with a pause of random length in between, until it makes no sense any more.
 */
import { CodedError } from '../failures/coded-error';

/** What came of one attempt. */
export type Attempt<T> =
  | { readonly value: T }
  /** Asking again will not help. Where the time ran out (`late`), the reason why it was asked again tells more. */
  | { readonly final: CodedError; readonly late?: boolean }
  /** Asking again may help: after `wait` milliseconds and some jitter, as often as is left. */
  | { readonly again: CodedError; readonly wait: number; readonly counts: boolean };

/** How often a failure that counts is tried again. */
const RETRIES = 3;

export async function retry<T>(attempt: (left: number) => Promise<Attempt<T>>, timeout: number): Promise<T> {
  const end = Date.now() + timeout;
  let reason: CodedError | undefined;
  for (let failures = 0; ;) {
    const outcome = await attempt(Math.max(1, end - Date.now()));
    if ('value' in outcome) return outcome.value;
    if ('final' in outcome) throw (outcome.late && reason) || outcome.final;
    reason = outcome.again;
    if (outcome.counts) failures++;
    const pause = outcome.wait * (0.5 + Math.random());
    if (failures > RETRIES || Date.now() + pause >= end) throw outcome.again;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
