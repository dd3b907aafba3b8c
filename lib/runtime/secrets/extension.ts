/**
 * AWS's Parameters and Secrets Lambda extension: an HTTP server within the function's environment.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
import { HttpAnswer, send } from './http';
import { Outcome, retry } from './retry';
import { finalRefusal, parseValue, refusedError, SecretValue, unavailableError, Wanted } from './secret-value';
import { SecretsConfig } from '../../contract/secrets';

/** The client waits a little longer than the extension waits for AWS, so that the extension's own response arrives. */
const GRACE = 500;

const NOT_READY = /not ready to serve traffic/i;

export function fetchFromExtension(wanted: Wanted, { port, timeout, connections }: SecretsConfig): Promise<SecretValue> {
  const url = new URL(pathOf(wanted), `http://localhost:${port}`);
  return retry(async (left) => {
    try {
      // The token is read each time, because it expires.
      const headers = { 'X-Aws-Parameters-Secrets-Token': process.env.AWS_SESSION_TOKEN ?? '' };
      // The extension accepts no more connections. It responds to a larger burst with 400.
      return toOutcome(wanted, await send(url, { headers }, { timeout: left, connections }));
    } catch (cause) {
      return unreachable(wanted, cause as NodeJS.ErrnoException, port!);
    }
  }, timeout + GRACE);
}

function pathOf({ kind, id, versionStage }: Wanted): string {
  const escaped = encodeURIComponent(id);
  return kind === 'secrets'
    ? `/secretsmanager/get?secretId=${escaped}${versionStage === undefined ? '' : `&versionStage=${encodeURIComponent(versionStage)}`}`
    : `/systemsmanager/parameters/get?name=${escaped}&withDecryption=true`;
}

function toOutcome(wanted: Wanted, { status, body }: HttpAnswer): Outcome<SecretValue> {
  if (status === 200) {
    const value = parseValue(body);
    return value ? { value } : { final: unavailableError(wanted, 'the response of the extension has no value') };
  }
  if (NOT_READY.test(body)) {
    return {
      again: unavailableError(wanted, 'the extension is not ready yet; ask for it in a request, on first use, and not while the router is loaded'),
      wait: 20,
      counts: false,
    };
  }
  const refusal = finalRefusal(body);
  if (refusal !== undefined) return { final: refusedError(wanted, refusal) };
  return { again: unavailableError(wanted, `the extension responded with ${status}`), wait: 50, counts: true };
}

/** While the environment starts, the extension may not listen yet. */
function unreachable(wanted: Wanted, cause: NodeJS.ErrnoException, port: number): Outcome<SecretValue> {
  const late = cause.name === 'AbortError' || cause.name === 'TimeoutError';
  if (late) return { final: unavailableError(wanted, 'the extension did not respond in time'), late };
  return {
    again: unavailableError(wanted, `no extension responds at port ${port}; does the function have its layer?`, cause),
    wait: 50,
    counts: false,
  };
}
