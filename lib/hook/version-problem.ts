import { PreTrafficAnswer } from '../contract/pre-traffic';

/** What Lambda puts between the head and the body of a streamed response. */
const DELIMITER = '\0'.repeat(8);

/** Returns what is wrong with a new version, according to its response. Undefined if its routers load. */
export function versionProblem(functionError: string | undefined, payload: Uint8Array): string | undefined {
  if (functionError) return `the new version failed (${functionError}): its log says why`;
  const answer = readAnswer(Buffer.from(payload).toString());
  if (!answer?.loaded || !answer.failed) return 'the new version did not report whether its routers load';
  if (answer.failed.length === 0) return undefined;
  const failures = answer.failed.map(({ router, code }) => `${router} (${code})`).join(', ');
  return `routers that do not load: ${failures}; the log of the new version says why`;
}

/** Reads a result in API Gateway's format, or the body of a streamed response. */
function readAnswer(text: string): Partial<PreTrafficAnswer> | undefined {
  try {
    const streamed = text.split(DELIMITER)[1];
    return JSON.parse(streamed ?? (JSON.parse(text) as { body: string }).body) as PreTrafficAnswer;
  } catch {
    return undefined;
  }
}
