import { getLogger } from '../../../lib/runtime';
import { http2 } from '../events';
import { apiOf, captureLog, contextOf } from '../support';

const env = { ...process.env };

afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...env };
  delete (globalThis as { awslambda?: unknown }).awslambda;
});

const ask = (path: string) => http2({ path, resource: path });

test('a line has time, level and message, the logger\'s common fields and its own', () => {
  const lines = captureLog();
  getLogger({ component: 'billing', a: 1 }).warn('declined', { a: 2, list: [1] });
  expect(lines).toEqual([{ timestamp: expect.stringMatching(/^\d{4}-.*Z$/), level: 'WARN', message: 'declined', component: 'billing', a: 2, list: [1] }]);
});

test('inside a router, a line has the request and the router, whatever the fields say', async () => {
  const lines = captureLog();
  const logger = getLogger();
  const api = apiOf({ '/users': async () => (logger.info('hello', { router: 'mine', requestId: 'mine', level: 'x', timestamp: 1, message: 2 }), { statusCode: 200 }) });
  await api.handler(ask('/users'), contextOf());
  logger.info('after');
  expect(lines[0]).toMatchObject({ level: 'INFO', message: 'hello', requestId: 'request-1', router: '/users', timestamp: expect.any(String) });
  expect(lines[1]).not.toHaveProperty('requestId');
});

test('with several requests at once, Lambda says which one is asking; without it, none is named', async () => {
  const lines = captureLog();
  let current = '';
  const asking = { InvokeStore: { getRequestId: () => current } };
  const logger = getLogger();
  let release!: () => void;
  const both = new Promise<void>((resolve) => { release = resolve; });
  let waiting = 0;
  const handler = (name: string) => async () => {
    if (++waiting === 2) release();
    await both;
    current = name;
    logger.info(name);
    return { statusCode: 200 };
  };
  const api = apiOf({ '/a': handler('id-a'), '/b': handler('id-b') });
  const serve = () => Promise.all(['a', 'b'].map((name) => api.handler(ask(`/${name}`), { ...contextOf(), awsRequestId: `id-${name}` })));
  Object.assign(globalThis, { awslambda: asking });
  await serve();
  expect(lines.map(({ router, requestId, message }) => ({ router, requestId, message }))).toEqual([
    { router: '/a', requestId: 'id-a', message: 'id-a' }, { router: '/b', requestId: 'id-b', message: 'id-b' },
  ]);
});

test('errors in fields are told with stack and causes', () => {
  const lines = captureLog() as unknown as Array<{ error: unknown }>;
  getLogger().error('failed', { error: new Error('outer', { cause: new TypeError('inner') }) });
  expect(lines[0].error).toEqual({ name: 'Error', message: 'outer', stack: expect.any(String), cause: { name: 'TypeError', message: 'inner', stack: expect.any(String) } });
});

test.each([
  [{}, 'info,warn,error'],
  [{ AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, 'debug,info,warn,error'],
  [{ AWS_LAMBDA_LOG_LEVEL: 'TRACE' }, 'debug,info,warn,error'],
  [{ AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, 'error'],
  [{ AWS_LAMBDA_LOG_LEVEL: 'FATAL' }, ''],
  [{ LAZY_API_LOG_LEVEL: 'warn', AWS_LAMBDA_LOG_LEVEL: 'INFO' }, 'warn,error'],
  [{ LAZY_API_LOG_LEVEL: 'nonsense', AWS_LAMBDA_LOG_LEVEL: 'WARN' }, 'warn,error'],
])('with %p it writes %s', (variables, written) => {
  const lines = captureLog();
  Object.assign(process.env, variables);
  const logger = getLogger();
  for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level](level);
  expect(lines.map(({ message }) => message).join()).toBe(written);
});

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([
  ['a bigint', { n: 1n }, { n: '1' }],
  ['a circle', circular, { fieldsNotShown: expect.stringContaining('circular') }],
  ['a field that throws', { get x() { throw new Error('no'); } }, {}],
  ['a line that is too long', { x: 'y'.repeat(300_000) }, { fieldsNotShown: expect.stringContaining('the limit is 200000') }],
])('%s in the fields does not break the router', (_, fields, told) => {
  const lines = captureLog();
  let thrown: unknown;
  try {
    getLogger().info('message', fields);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeUndefined();
  expect(lines[0]).toMatchObject({ message: 'message', ...told });
});

test.each(['x', '漢', '\u0001'])('a message of too many %j is cut', (character) => {
  const lines = captureLog();
  getLogger().info(character.repeat(1_000_000));
  expect(Buffer.byteLength(JSON.stringify(lines[0]))).toBeLessThan(200_000);
});

test('a message that is no text does not break the router', () => {
  const lines = captureLog();
  getLogger().info({ toJSON: () => { throw new Error('boom'); } } as unknown as string);
  expect(lines[0]).toMatchObject({ message: 'object', fieldsNotShown: 'Error: boom' });
});
