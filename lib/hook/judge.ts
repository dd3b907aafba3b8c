import { VerificationAnswer } from '../contract/pre-traffic';

/** What is between the head and the body of a streamed answer. */
const DELIMITER = '\0'.repeat(8);

/** What is wrong with a new version, by its answer; undefined where nothing is. */
export function judge(functionError: string | undefined, payload: Uint8Array): string | undefined {
  if (functionError) return `the new version failed (${functionError}): its log says why`;
  const answer = readAnswer(Buffer.from(payload).toString());
  if (!answer?.loaded || !answer.failed) return 'the new version did not answer the question whether its routers load';
  if (answer.failed.length === 0) return undefined;
  return `routers that do not load: ${answer.failed.map(({ router, code }) => `${router} (${code})`).join(', ')}; the log of the new version says why`;
}

/** From a result in API Gateway's format, or from its body where the function streams. */
function readAnswer(text: string): Partial<VerificationAnswer> | undefined {
  try {
    const streamed = text.split(DELIMITER)[1];
    return JSON.parse(streamed ?? (JSON.parse(text) as { body: string }).body) as VerificationAnswer;
  } catch {
    return undefined;
  }
}
