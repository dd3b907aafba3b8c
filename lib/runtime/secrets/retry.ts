/** Retries with pauses of random length, as long as another attempt may help. */
import { CodedError } from '../failures/coded-error';

/** The result of one attempt. */
export type Outcome<T> =
  | { readonly value: T }
  /** Another attempt does not help. If the time ran out (`late`), the reason for the previous attempt is more informative. */
  | { readonly final: CodedError; readonly late?: boolean }
  /** Another attempt may help, after `wait` milliseconds and some jitter. It `counts` as one of the few that a failure gets. */
  | { readonly again: CodedError; readonly wait: number; readonly counts: boolean };

/** How often a failure that counts is retried. */
const RETRIES = 3;

export async function retry<T>(attempt: (left: number) => Promise<Outcome<T>>, timeout: number): Promise<T> {
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
