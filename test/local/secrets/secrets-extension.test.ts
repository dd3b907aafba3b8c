import type { SecretsConfig } from '../../../lib/contract/secrets';
import { SecretsExtension } from '../../../lib/local/secrets/secrets-extension';
import { getParameter, getSecretString } from '../../../lib/runtime';
import { fetchFromAws } from '../../../lib/runtime/secrets/direct';

const original = { ...process.env };
let extension: SecretsExtension;
afterEach(() => {
  process.env = { ...original };
  extension.close();
});

test('the function\'s own code reads values from it, and learns of a value that there is not', async () => {
  extension = await SecretsExtension.start({ secrets: { 'DB A': { user: 'ada' } }, parameters: { FLAGS: 'a&b' } });
  Object.assign(process.env, extension.variables, { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' });
  expect(await getSecretString('DB A')).toBe('{"user":"ada"}');
  expect(await getParameter('FLAGS')).toBe('a&b');
  const config = JSON.parse(extension.variables.LAZY_API_SECRETS) as SecretsConfig;
  expect(await fetchFromAws({ kind: 'secrets', name: 'DB A', id: 'DB A' }, config)).toMatchObject({ text: '{"user":"ada"}' });
  expect(await fetchFromAws({ kind: 'parameters', name: 'FLAGS', id: 'FLAGS' }, config)).toMatchObject({ text: 'a&b' });
  await expect(getParameter('toString')).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
  Object.assign(process.env, { LAZY_API_SECRETS: extension.variables.LAZY_API_SECRETS.replace('"FLAGS":"FLAGS"', '"FLAGS":"toString"') });
  await expect(getParameter('FLAGS')).rejects.toMatchObject({ code: 'SECRET_REFUSED' });
});
