import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Answer, Asked, HUNTER2, lambdaEnv, LocalServer, runClient, secret, serve } from './support';
import { SecretsConfig } from '../../../lib/contract/secrets';
import { sign } from '../../../lib/runtime/secrets/sigv4';

let server: LocalServer;

async function ask(calls: readonly string[], answer: (asked: Asked, index: number) => Answer, config: Partial<SecretsConfig> = {}) {
  server = await serve(answer);
  const run = await runClient(calls, lambdaEnv(config, { AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}` }));
  expect(run.written).not.toContain(HUNTER2);
  return run;
}

afterEach(() => server?.close());

test('without the extension, AWS is asked, with a signature', async () => {
  const { outcomes } = await ask(['getSecret("DB", { versionStage: "AWSPENDING" })', 'getParameter("FLAGS")'], (_, index) =>
    (index === 0 ? secret({ a: 1 }) : { body: { Parameter: { Value: 'on' } } }));
  expect(outcomes).toEqual([{ value: { a: 1 } }, { value: 'on' }]);
  const [first, second] = server.asked;
  expect(first.headers).toMatchObject({
    'x-amz-target': 'secretsmanager.GetSecretValue', 'content-type': 'application/x-amz-json-1.1', 'x-amz-security-token': 'the-token',
    'authorization': expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/secretsmanager\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/) as string,
  });
  expect(JSON.parse(first.body)).toEqual({ SecretId: expect.stringContaining('secret:db-AbCdEf'), VersionStage: 'AWSPENDING' });
  expect(second.headers['x-amz-target']).toBe('AmazonSSM.GetParameter');
  expect(JSON.parse(second.body)).toEqual({ Name: '/app/flags', WithDecryption: true });
});

test('a secret is asked for in its own region', async () => {
  await ask(['getSecretString("FAR")'], () => secret('x'), { secrets: { FAR: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:far-AbCdEf' } });
  expect(server.asked[0].headers.authorization).toContain('/us-west-2/secretsmanager/');
});

test('every call asks AWS, and concurrent ones share a request', async () => {
  await ask(['Promise.all([getSecretString("DB"), getSecretString("DB")])', 'getSecretString("DB")'], () => ({ ...secret('x'), after: 20 }));
  expect(server.asked).toHaveLength(2);
});

test('no more requests are on their way at once than maxConnections says', async () => {
  const names = Array.from({ length: 21 }, (_, i) => `S${i}`);
  const call = `Promise.all(${JSON.stringify(names)}.map((name) => getSecretString(name)))`;
  const { outcomes } = await ask([call], ({ body }) => ({ ...secret((JSON.parse(body) as { SecretId: string }).SecretId), after: 5 }), {
    secrets: Object.fromEntries(names.map((name) => [name, name])), connections: 2,
  });
  expect(outcomes).toEqual([{ value: names }]);
  expect(Math.max(...server.asked.map(({ open }) => open))).toBe(2);
});

test('throttling and failures are asked again, a bounded number of times', async () => {
  const bad: Answer = { status: 400, body: { __type: 'com.amazon.coral.availability#ThrottlingException', message: HUNTER2 } };
  expect((await ask(['getSecretString("DB")'], (_, index) => (index < 2 ? bad : secret('x')), { timeout: 3000 })).outcomes).toEqual([{ value: 'x' }]);
  server.close();
  const { outcomes } = await ask(['getSecretString("DB")'], () => bad, { timeout: 3000 });
  expect(outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: 'DB cannot be had: AWS answered 400 ThrottlingException' }]);
  expect(server.asked).toHaveLength(4);
});

test.each([
  ['ResourceNotFoundException', { status: 400, body: { __type: 'ResourceNotFoundException', Message: HUNTER2 } }, 'SECRET_REFUSED'],
  ['no value', { body: HUNTER2 }, 'SECRET_UNAVAILABLE'],
  ['silence', { hangs: true }, 'SECRET_UNAVAILABLE'],
])('%s fails with a code', async (_, answer, code) => {
  expect((await ask(['getSecretString("DB")'], () => answer, { timeout: 200 })).outcomes).toEqual([expect.objectContaining({ code })]);
});

test('AWS that cannot be reached is said to be so', async () => {
  server = await serve(() => ({}));
  server.close();
  const { outcomes } = await runClient(['getSecretString("DB")'], lambdaEnv({ timeout: 300 }, { AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}` }));
  expect(outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: 'DB cannot be had: AWS cannot be reached' }]);
});

test.each([
  ['with a session token', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'token' }],
  ['without', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }],
])('the signature is the one that AWS\'s own signer makes: %s', async (_, credentials) => {
  const require = createRequire(join(__dirname, '../../../examples/clinic-api/backend/package.json'));
  // The AWS SDK's, which the example's backend has.
  const { SignatureV4 } = require('@smithy/signature-v4') as { SignatureV4: new (init: object) => { sign(request: object, options: object): Promise<{ headers: { authorization: string } }> } };
  class Sha256 {
    private readonly hash: ReturnType<typeof createHash | typeof createHmac>;
    constructor(key?: string | Uint8Array) { this.hash = key ? createHmac('sha256', key) : createHash('sha256'); }
    update(data: string | Uint8Array) { this.hash.update(data); }
    async digest() { return this.hash.digest(); }
  }
  const now = new Date('2026-11-21T04:05:06.789Z');
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const body = '{"SecretId":"ü"}';
  const url = new URL('https://secretsmanager.eu-central-1.amazonaws.com/');
  const context = { service: 'secretsmanager', region: 'eu-central-1' };
  const signed = await new SignatureV4({ ...context, credentials, sha256: Sha256, applyChecksum: false }).sign(
    { method: 'POST', protocol: 'https:', hostname: url.hostname, path: '/', query: {}, headers: { ...headers, host: url.host }, body }, { signingDate: now });
  expect(sign({ url, headers, body }, { ...context, credentials, now }).authorization).toBe(signed.headers.authorization);
});
