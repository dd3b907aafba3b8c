import { Answer, Asked, ClientRun, HUNTER2, lambdaEnv, LocalServer, runClient, secret, serve } from './support';
import { SecretsConfig } from '../../../lib/contract/secrets';

const DB = { user: 'ada', password: HUNTER2 };

let server: LocalServer;

/** Runs calls against an extension that answers in this way. */
async function ask(calls: readonly string[], answer: (asked: Asked, index: number) => Answer, config: Partial<SecretsConfig> = {}): Promise<ClientRun> {
  server = await serve(answer);
  const run = await runClient(calls, lambdaEnv({ port: server.port, ...config }));
  expect(run.written).not.toContain(HUNTER2);
  return run;
}

afterEach(() => server.close());

const notReady: Answer = { status: 400, body: 'not ready to serve traffic, please wait' };

test('a secret is asked for by the name in the props, with the token, and parsed', async () => {
  const { outcomes, logs } = await ask(['getSecret("DB")'], () => secret(DB));
  expect(outcomes).toEqual([{ value: DB }]);
  expect(server.asked.map(({ url, token }) => [url, token])).toEqual([
    ['/secretsmanager/get?secretId=arn%3Aaws%3Asecretsmanager%3Aeu-central-1%3A123456789012%3Asecret%3Adb-AbCdEf', 'the-token'],
  ]);
  expect(logs).toEqual([]);
});

test('raw text, binary, a version stage, a parameter', async () => {
  const { outcomes } = await ask(['getSecretString("OTHER")', 'getSecretBinary("DB")', 'getSecretString("OTHER", { versionStage: "AWSPREVIOUS" })', 'getParameter("FLAGS")'], (_, index) => [
    secret('plain'), { body: { SecretBinary: Buffer.from('bytes').toString('base64') } }, secret('before'), { body: { Parameter: { Value: 'on', Type: 'SecureString' } } },
  ][index]);
  expect(outcomes).toEqual([{ value: 'plain' }, { value: 'bytes' }, { value: 'before' }, { value: 'on' }]);
  expect(server.asked.map(({ url }) => url).slice(2)).toEqual(['/secretsmanager/get?secretId=other&versionStage=AWSPREVIOUS', '/systemsmanager/parameters/get?name=%2Fapp%2Fflags&withDecryption=true']);
});

test.each<[string, string, Answer, RegExp]>([
  ['text that is no JSON', 'getSecret("DB")', secret(HUNTER2), /^secret DB is not JSON: read it with getSecretString$/],
  ['binary', 'getSecretString("DB")', { body: { SecretBinary: Buffer.from(HUNTER2).toString('base64') } }, /^secret DB is binary: read it with getSecretBinary$/],
  ['text', 'getSecretBinary("DB")', secret(HUNTER2), /^secret DB is text: read it with getSecretString$/],
])('a secret that is %s is said to be so, without its value', async (_, call, answer, message) => {
  expect((await ask([call], () => answer)).outcomes).toEqual([{ code: 'SECRET_FORMAT', message: expect.stringMatching(message) }]);
});

test.each([
  ['getSecret("DBB")', /^the construct declares no DBB in secrets, but DB, OTHER$/],
  ['getParameter("DB")', /^the construct declares no DB in parameters, but FLAGS$/],
  ...['constructor', 'toString', '__proto__', 'hasOwnProperty', ''].flatMap((name): Array<[string, RegExp]> => [
    [`getSecret("${name}")`, new RegExp(`^the construct declares no ${name} in secrets, but DB, OTHER$`)],
    [`getParameter("${name}")`, new RegExp(`^the construct declares no ${name} in parameters, but FLAGS$`)],
  ]),
])('a name that is not declared: %s', async (call, message) => {
  expect((await ask([call], () => secret(''))).outcomes).toEqual([{ code: 'SECRET_UNKNOWN', message: expect.stringMatching(message) }]);
  expect(server.asked).toEqual([]);
});

test('each call asks the extension, which remembers; concurrent calls for one value share a request', async () => {
  const { outcomes } = await ask(['Promise.all(Array.from({ length: 20 }, () => getSecretString("DB")))', 'getSecretString("DB")'], () => ({ ...secret('x'), after: 20 }));
  expect(outcomes).toEqual([{ value: Array(20).fill('x') }, { value: 'x' }]);
  expect(server.asked).toHaveLength(2);
});

test('never more requests are on their way than the extension takes', async () => {
  const names = Array.from({ length: 30 }, (_, i) => `S${i}`);
  const secrets = Object.fromEntries(names.map((name) => [name, name]));
  const { outcomes } = await ask([`Promise.all(${JSON.stringify(names)}.map((name) => getSecretString(name)))`], ({ url }) => ({ ...secret(url.split('=')[1]), after: 5 }), { secrets });
  expect(outcomes).toEqual([{ value: names }]);
  expect(Math.max(...server.asked.map(({ open }) => open))).toBe(3);
});

test('while the extension is not ready, the client waits', async () => {
  const { outcomes } = await ask(['getSecret("DB")'], (_, index) => (index < 8 ? notReady : secret(DB)));
  expect(outcomes).toEqual([{ value: DB }]);
  expect(server.asked).toHaveLength(9);
});

test('but no longer than its timeout, and then says to ask later', async () => {
  const { outcomes } = await ask(['getSecret("DB")'], () => notReady, { timeout: 100 });
  expect(outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: expect.stringMatching(/^DB cannot be had: the extension is not ready yet; ask for it in a request, on first use, and not while the router is loaded$/) }]);
});

test('where the time runs out in a later attempt, the reason for that attempt is told', async () => {
  const { outcomes } = await ask(['getSecret("DB")'], (_, index) => (index === 0 ? notReady : { hangs: true }), { timeout: 100 });
  expect(outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: expect.stringMatching(/^DB cannot be had: the extension is not ready yet/) }]);
});

test.each<[string, Answer]>([
  ['a burst', { status: 400, body: 'too many connections' }],
  ['a failure', { status: 500, body: 'InternalServiceError' }],
  ['an expired token', { status: 400, body: '{"__type":"ExpiredTokenException"}' }],
])('%s is asked again, a bounded number of times', async (_, bad) => {
  const mended = await ask(['getSecret("DB")'], (__, index) => (index < 3 ? bad : secret(DB)));
  expect(mended.outcomes).toEqual([{ value: DB }]);
  server.close();
  const lost = await ask(['getSecret("DB")'], () => bad);
  expect(lost.outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: `DB cannot be had: the extension answered ${bad.status}` }]);
  expect(server.asked).toHaveLength(4);
});

test.each(['ResourceNotFoundException', 'AccessDeniedException', 'ParameterNotFound', 'DecryptionFailure'])('%s is final, and told by its code alone', async (code) => {
  const { outcomes } = await ask(['getSecret("DB")'], () => ({ status: 400, body: { __type: code, message: `secret of ${HUNTER2}` } }));
  expect(outcomes).toEqual([{ code: 'SECRET_REFUSED', message: expect.stringMatching(`^${code}: AWS does not hand over DB, which the construct declares in secrets; .*`) }]);
  expect(server.asked).toHaveLength(1);
});

test('an answer that is no value is not taken for one', async () => {
  const { outcomes } = await ask(['getSecret("DB")', 'getSecret("DB")'], (_, index) => ({ body: index === 0 ? `<html>${HUNTER2}</html>` : { other: HUNTER2 } }));
  expect(outcomes).toEqual(Array(2).fill({ code: 'SECRET_UNAVAILABLE', message: 'DB cannot be had: the extension answered something that is no value' }));
});

test('an extension that hangs is not waited for any longer than it may wait itself', async () => {
  const { outcomes } = await ask(['getSecret("DB")', 'getSecretString("OTHER")'], (_, index) => (index === 0 ? { hangs: true } : secret('x')), { timeout: 100 });
  expect(outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: 'DB cannot be had: the extension did not answer in time' }, { value: 'x' }]);
});

test('an extension that is not there is missed', async () => {
  server = await serve(() => ({}));
  server.close();
  const { outcomes } = await runClient(['getSecret("DB")'], lambdaEnv({ port: server.port, timeout: 100 }));
  expect(outcomes).toEqual([{ code: 'SECRET_UNAVAILABLE', message: `DB cannot be had: no extension answers at port ${server.port}; does the function have its layer?` }]);
});

test('a failure is not remembered', async () => {
  const { outcomes } = await ask(['getSecret("DB")', 'getSecret("DB")'], (_, index) => (index === 0 ? { status: 400, body: 'AccessDeniedException' } : secret(DB)));
  expect(outcomes).toEqual([expect.objectContaining({ code: 'SECRET_REFUSED' }), { value: DB }]);
});

describe('stale on error', () => {
  const fails: Answer = { status: 400, body: 'AccessDeniedException' };

  test('within the limit the last good value is answered, and said', async () => {
    const { outcomes, logs } = await ask(['getSecret("DB")', 'getSecret("DB")'], (_, index) => (index === 0 ? secret(DB) : fails), { staleOnError: 60_000 });
    expect(outcomes).toEqual([{ value: DB }, { value: DB }]);
    expect(logs).toEqual([expect.objectContaining({ level: 'WARN', code: 'SECRET_STALE', secret: 'DB' })]);
  });

  test('beyond it, and without, the call fails', async () => {
    const calls = ['getSecret("DB")', 'pause(30)', 'getSecret("DB")'];
    expect((await ask(calls, (_, index) => (index === 0 ? secret(DB) : fails), { staleOnError: 20 })).outcomes[2]).toMatchObject({ code: 'SECRET_REFUSED' });
    server.close();
    expect((await ask(calls, (_, index) => (index === 0 ? secret(DB) : fails))).outcomes[2]).toMatchObject({ code: 'SECRET_REFUSED' });
  });
});

describe('refresh', () => {
  /** The extension remembers the old password, AWS has the new one. */
  async function rotate(calls: readonly string[], config: Partial<SecretsConfig> = {}): Promise<{ run: ClientRun; aws: LocalServer }> {
    server = await serve(() => secret('old'));
    const aws = await serve(() => ({ ...secret('new'), after: 10 }));
    const run = await runClient(calls, lambdaEnv({ port: server.port, ...config }, { AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${aws.port}` }));
    aws.close();
    return { run, aws };
  }

  test('asks AWS, and later calls get no older value while the extension may still have it', async () => {
    const { run, aws } = await rotate(['getSecretString("DB")', 'getSecretString("DB", { refresh: true })', 'getSecretString("DB")', 'getSecretString("OTHER")']);
    expect(run.outcomes.map((outcome) => 'value' in outcome && outcome.value)).toEqual(['old', 'new', 'new', 'old']);
    expect(aws.asked).toHaveLength(1);
  });

  test('after the extension\'s time to live, it is asked again', async () => {
    const { run } = await rotate(['getSecretString("DB", { refresh: true })', 'pause(60)', 'getSecretString("DB")'], { ttl: 50 });
    expect(run.outcomes[2]).toEqual({ value: 'old' });
  });

  test('concurrent ones share a request', async () => {
    const { run, aws } = await rotate(['Promise.all(Array.from({ length: 10 }, () => getSecretString("DB", { refresh: true })))']);
    expect(run.outcomes).toEqual([{ value: Array(10).fill('new') }]);
    expect(aws.asked).toHaveLength(1);
  });
});
