/**
 * Calls AWS directly: AWS Secrets Manager and AWS Systems Manager, with requests that are signed with Signature Version 4. The AWS SDK could do this,
 * but it is large, and loading it would extend cold starts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { HttpAnswer, send } from './http';
import { Outcome, retry } from './retry';
import { finalRefusal, parseValue, refusedError, SecretValue, unavailableError, Wanted } from './secret-value';
import { sign } from './sigv4';
import { SecretsConfig } from '../../contract/secrets';

/** AWS's code in the body of an error, without its namespace. */
const ERROR_CODE = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/;

/** How the two services are called. */
const SERVICES = {
  secrets: { host: 'secretsmanager', target: 'secretsmanager.GetSecretValue', endpoint: 'AWS_ENDPOINT_URL_SECRETS_MANAGER' },
  parameters: { host: 'ssm', target: 'AmazonSSM.GetParameter', endpoint: 'AWS_ENDPOINT_URL_SSM' },
} as const;

export function fetchFromAws(wanted: Wanted, { timeout, connections }: SecretsConfig): Promise<SecretValue> {
  const { kind, id, versionStage } = wanted;
  const { host, target, endpoint } = SERVICES[kind];
  const { env } = process;
  const region = regionOf(id) ?? env.AWS_REGION ?? '';
  const url = new URL(env[endpoint] ?? env.AWS_ENDPOINT_URL ?? `https://${host}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`);
  const body = JSON.stringify(kind === 'secrets' ? { SecretId: id, VersionStage: versionStage } : { Name: id, WithDecryption: true });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return retry(async (left) => {
    const credentials = {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: env.AWS_SESSION_TOKEN,
    };
    const signed = sign({ url, headers, body }, { service: host, region, credentials, now: new Date() });
    try {
      return toOutcome(wanted, await send(url, { method: 'POST', headers: signed }, { timeout: left, connections }, body));
    } catch (cause) {
      const { name } = cause as Error;
      if (name === 'AbortError' || name === 'TimeoutError') return { final: unavailableError(wanted, 'AWS did not respond in time'), late: true };
      return { again: unavailableError(wanted, 'AWS cannot be reached', cause), wait: 100, counts: true };
    }
  }, timeout);
}

/** A secret may be in another region than the function. */
function regionOf(id: string): string | undefined {
  return id.startsWith('arn:') ? id.split(':')[3] : undefined;
}

function toOutcome(wanted: Wanted, { status, body }: HttpAnswer): Outcome<SecretValue> {
  if (status === 200) {
    const value = parseValue(body);
    return value ? { value } : { final: unavailableError(wanted, 'the response of AWS has no value') };
  }
  const refusal = finalRefusal(body);
  if (refusal !== undefined) return { final: refusedError(wanted, refusal) };
  return { again: unavailableError(wanted, `AWS responded with ${status} ${ERROR_CODE.exec(body)?.[1] ?? ''}`.trim()), wait: 100, counts: true };
}
