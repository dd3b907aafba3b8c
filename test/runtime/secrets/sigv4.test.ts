import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sign } from '../../../lib/runtime/secrets/sigv4';

test.each([
  ['with a session token', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'token' }],
  ['without a session token', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }],
])('the signature matches that of AWS\'s own signer: %s', async (_, credentials) => {
  const require = createRequire(join(__dirname, '../../../examples/clinic-api/backend/package.json'));
  // The signer of the AWS SDK, from the dependencies of the example's backend.
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
