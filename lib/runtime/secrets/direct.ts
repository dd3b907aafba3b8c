/**
 * Asking AWS itself: AWS Secrets Manager and AWS Systems Manager, signed with Signature Version 4. The AWS SDK would do, but it is large, and
 * not there unless the app brings it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { HttpAnswer, send } from './http';
import { Attempt, retry } from './retry';
import { finalRefusal, parseValue, refused, SecretValue, unavailable, Wanted } from './secret-value';
import { sign } from './sigv4';
import { SecretsConfig } from '../../contract/secrets';

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
  const url = new URL(env[endpoint] ?? env.AWS_ENDPOINT_URL ?? `https://${host}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}/`);
  const body = JSON.stringify(kind === 'secrets' ? { SecretId: id, VersionStage: versionStage } : { Name: id, WithDecryption: true });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return retry(async (left) => {
    const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '', sessionToken: env.AWS_SESSION_TOKEN };
    const signed = sign({ url, headers, body }, { service: host, region, credentials, now: new Date() });
    try {
      return judge(wanted, await send(url, { method: 'POST', headers: signed }, { timeout: left, connections }, body));
    } catch (cause) {
      const { name } = cause as Error;
      if (name === 'AbortError' || name === 'TimeoutError') return { final: unavailable(wanted, 'AWS did not answer in time'), late: true };
      return { again: unavailable(wanted, 'AWS cannot be reached', cause), wait: 100, counts: true };
    }
  }, timeout);
}

/** A secret may lie in another region than the function. */
function regionOf(id: string): string | undefined {
  return id.startsWith('arn:') ? id.split(':')[3] : undefined;
}

function judge(wanted: Wanted, { status, body }: HttpAnswer): Attempt<SecretValue> {
  if (status === 200) {
    const value = parseValue(body);
    return value ? { value } : { final: unavailable(wanted, 'AWS answered something that is no value') };
  }
  const refusal = finalRefusal(body);
  if (refusal !== undefined) return { final: refused(wanted, refusal) };
  return { again: unavailable(wanted, `AWS answered ${status} ${/"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(body)?.[1] ?? ''}`.trim()), wait: 100, counts: true };
}
