/**
 * Secrets from the construct to the response: a synthesized asset runs in Lambda's runtime client, and a local server replaces the extension.
 */
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { SecretsCache } from '../../lib';
import { lambdaNodes } from '../lambda-node';
import { runInClient } from '../lambda-node/runtime-client';
import { http2 } from '../runtime/events';
import { serve } from '../runtime/secrets/support';
import { assetOf, newApi, newStack, routersOf } from '../support/app';

const ROUTERS = {
  'src/routers/users.ts': `
    import { getParameter, getSecret } from 'cdk-lazy-api/runtime';
    export default { fetch: async () => {
      const { user } = await getSecret<{ user: string }>('DB_CREDENTIALS');
      return Response.json({ user, flags: await getParameter('FEATURE_FLAGS') });
    } };`,
  'src/routers/old.ts': 'import { getSecret } from "cdk-lazy-api/runtime"; export const handler = async () => ({ statusCode: 200, body: JSON.stringify(await getSecret("OLD")) });',
  'src/routers/fresh.ts': 'import { getSecretString } from "cdk-lazy-api/runtime"; export const handler = async () => ({ statusCode: 200, body: await getSecretString("DB_CREDENTIALS", { refresh: true }) });',
};

/** The environment variables of the function, with the references resolved as CloudFormation does. */
function variablesOf(template: Template, values: { readonly [start: string]: string }): NodeJS.ProcessEnv {
  const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function'));
  const resolve = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const { Ref, 'Fn::Join': join } = value as { 'Ref'?: string; 'Fn::Join'?: [string, unknown[]] };
    return join ? join[1].map(resolve).join(join[0]) : Object.entries(values).find(([start]) => Ref!.startsWith(start))![1];
  };
  return Object.fromEntries(Object.entries(Properties.Environment.Variables as Record<string, unknown>).map(([name, value]) => [name, resolve(value)]));
}

test.each(lambdaNodes)('a router responds with the secret and the parameter that it reads, on $runtime', async (node) => {
  const extension = await serve(({ url }) => ({ body: url.startsWith('/secretsmanager') ? { SecretString: '{"user":"ada"}' } : { Parameter: { Value: 'on' } } }));
  const aws = await serve(() => ({ body: { SecretString: 'rotated' } }));
  const stack = newStack({ env: { region: 'eu-central-1' } });
  const api = newApi({
    routers: routersOf(ROUTERS),
    secrets: { DB_CREDENTIALS: new Secret(stack, 'Db') },
    parameters: { FEATURE_FLAGS: new StringParameter(stack, 'Flags', { stringValue: 'off' }) },
    secretsCache: SecretsCache.extension({ port: extension.port }),
  }, stack);
  const env = {
    ...variablesOf(Template.fromStack(stack), { Db: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf', Flags: '/flags' }),
    AWS_SESSION_TOKEN: 'token', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${aws.port}`,
  };
  const ask = (router: string) => http2({ path: `/api/${router}`, resource: `/api/${router}` });
  const { delivered, stdout } = await runInClient(node, assetOf(api), [ask('users'), ask('old'), ask('fresh')], { env });
  extension.close();
  aws.close();
  const [users, old, fresh] = delivered.map((one) => JSON.parse(one!.bytes.toString()) as { statusCode: number; body: string });
  expect([users.statusCode, JSON.parse(users.body)]).toEqual([200, { user: 'ada', flags: 'on' }]);
  expect(extension.asked.map(({ url, token }) => [url.split('?')[0], token])).toEqual([['/secretsmanager/get', 'token'], ['/systemsmanager/parameters/get', 'token']]);
  expect([old.statusCode, JSON.parse(old.body)]).toEqual([500, { message: 'Internal Server Error', code: 'SECRET_UNKNOWN', requestId: 'request-1' }]);
  expect(stdout).toContain('the construct declares no OLD in secrets, but DB_CREDENTIALS');
  expect(fresh.body).toBe('rotated');
});
