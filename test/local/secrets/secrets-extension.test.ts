import { SecretsExtension } from '../../../lib/local/secrets/secrets-extension';
import { getParameter, getSecretString } from '../../../lib/runtime';

const original = { ...process.env };
afterEach(() => { process.env = { ...original }; });

test('the function\'s own code reads values from it, and learns of a value that there is not', async () => {
  const extension = await SecretsExtension.start({ secrets: { 'DB A': { user: 'ada' } }, parameters: { FLAGS: 'a&b' } });
  Object.assign(process.env, extension.variables, { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' });
  expect(await getSecretString('DB A')).toBe('{"user":"ada"}');
  expect(await getParameter('FLAGS')).toBe('a&b');
  await expect(getParameter('toString')).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
  extension.close();
});
