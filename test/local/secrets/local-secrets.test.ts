import { LocalSecrets, startLocalSecrets } from '../../../lib/local/secrets/local-secrets';

const VALUES = { secrets: new Map([['DB', '{"user":"ada"}'], ['PHP', 'x']]), parameters: new Map([['FLAGS', 'on']]) };

/** The environment of a function that declares two secrets and a parameter. */
const ENVIRONMENT = {
  LAZY_API_SECRETS: JSON.stringify({ secrets: { DB: 'verification', OTHER: 'verification' }, parameters: { FLAGS: 'verification' }, timeout: 1000, connections: 3, ttl: 0, staleOnError: 0 }),
};

let started: LocalSecrets | undefined;
afterEach(() => started?.close());

async function start(environment: Readonly<Record<string, string>> = {}) {
  const told: string[] = [];
  started = await startLocalSecrets({ ...ENVIRONMENT, ...environment }, VALUES, (name) => told.push(name));
  const { LAZY_API_SECRETS: json, AWS_SESSION_TOKEN: token = '' } = started.variables;
  const config = JSON.parse(json) as { port: number; secrets: unknown; parameters: unknown };
  const ask = async (path: string, sent = token) => {
    const response = await fetch(`http://localhost:${config.port}${path}`, { headers: { 'x-aws-parameters-secrets-token': sent } });
    return [response.status, await response.text()] as const;
  };
  return { config, ask, token, told, missing: started.missing };
}

test('each name is its own identifier, because the real one can be unavailable before deployment', async () => {
  const { config, missing } = await start();
  expect(config).toMatchObject({ secrets: { DB: 'DB', OTHER: 'OTHER' }, parameters: { FLAGS: 'FLAGS' }, ttl: 0 });
  expect(missing).toEqual(['OTHER']);
});

test('values are served as the extension serves them', async () => {
  const { ask } = await start();
  expect(await ask('/secretsmanager/get?secretId=DB')).toEqual([200, '{"SecretString":"{\\"user\\":\\"ada\\"}"}']);
  expect(await ask('/systemsmanager/parameters/get?name=FLAGS&withDecryption=true')).toEqual([200, '{"Parameter":{"Value":"on"}}']);
});

test('a secret without a value is not found, and its name is reported', async () => {
  const { ask, told } = await start();
  expect(await ask('/secretsmanager/get?secretId=OTHER')).toEqual([400, '{"__type":"LocalValueNotFound"}']);
  expect(await ask('/anything')).toEqual([400, '{"__type":"LocalValueNotFound"}']);
  expect(told).toEqual(['OTHER']);
});

test('another process on this machine gets nothing, because it does not have the session token of the function', async () => {
  const { ask, token } = await start();
  expect(token).toHaveLength(36);
  expect((await ask('/secretsmanager/get?secretId=DB', ''))[0]).toBe(400);
  expect((await ask('/secretsmanager/get?secretId=DB', 'guessed'))[0]).toBe(400);
});

test('a session token in the environment is kept', async () => {
  expect((await start({ AWS_SESSION_TOKEN: 'mine' })).token).toBe('mine');
});
