import * as fc from 'fast-check';
import { DIMENSIONS, METRICS } from '../../../lib/contract/metrics';
import { PLATFORM_FIELDS } from '../../../lib/contract/platform-report';
import { SAVED_QUERIES } from '../../../lib/monitoring/queries';
import { getLogger, LoggerFields } from '../../../lib/runtime';
import { toCodedError } from '../../../lib/runtime/failures/coded-error';
import { http2 } from '../events';
import { apiOf, captureLog, contextOf } from '../support';

const env = { ...process.env };

afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...env };
  delete (globalThis as { awslambda?: unknown }).awslambda;
});

const ask = (path: string) => http2({ path, resource: path });

test('a line has the time, the level, the message, the logger\'s common fields, and its own fields', () => {
  const lines = captureLog();
  getLogger({ component: 'billing', a: 1 }).warn('declined', { a: 2, list: [1] });
  expect(lines).toEqual([{ timestamp: expect.stringMatching(/^\d{4}-.*Z$/), level: 'WARN', message: 'declined', component: 'billing', a: 2, list: [1] }]);
});

test('inside a router, a line has the request and the router, whatever the fields contain', async () => {
  const lines = captureLog();
  const logger = getLogger();
  const fields = { router: 'mine', requestId: 'mine', level: 'x', timestamp: 1, message: 2 };
  const api = apiOf({ '/users': async () => (logger.info('hello', fields), { statusCode: 200 }) });
  await api.handler(ask('/users'), contextOf());
  logger.info('after');
  expect(lines[0]).toMatchObject({ level: 'INFO', message: 'hello', requestId: 'request-1', router: '/users', timestamp: expect.any(String), fields });
  expect(lines[1]).not.toHaveProperty('requestId');
});

test('with several requests at the same time, Lambda identifies the current request', async () => {
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

test('errors in fields are logged with their stack and causes', () => {
  const lines = captureLog() as unknown as Array<{ error: unknown }>;
  getLogger().error('failed', { error: new Error('outer', { cause: new TypeError('inner') }) });
  expect(lines[0].error).toEqual({ name: 'Error', message: 'outer', stack: expect.any(String), cause: { name: 'TypeError', message: 'inner', stack: expect.any(String) } });
});

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([
  ['a bigint', { n: 1n }, { n: '1' }],
  ['a circular reference', circular, { fieldsNotShown: expect.stringContaining('circular') }],
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

test.each(['x', '漢', '\u0001'])('a message with too many %j is truncated', (character) => {
  const lines = captureLog();
  getLogger().info(character.repeat(1_000_000));
  expect(Buffer.byteLength(JSON.stringify(lines[0]))).toBeLessThan(200_000);
});

test('a message that is not text does not break the router', () => {
  const lines = captureLog();
  getLogger().info({ toJSON: () => { throw new Error('boom'); } } as unknown as string);
  expect(lines[0]).toMatchObject({ message: '[object Object]', fieldsNotShown: 'boom' });
});

/** The members of the lines that Lambda itself writes. */
const PLATFORM = ['time', ...Object.values(PLATFORM_FIELDS).map((field) => field.split('.')[0])];
const FILTERED = SAVED_QUERIES.flatMap(({ query }) => query.toString().split('\n').filter((line) => line.includes('filter'))
  .flatMap((line) => [...line.matchAll(/ispresent\((\w+)\)|(\w+) (?:=|>|in) /g)].map(([, present, compared]) => present ?? compared)));
const RESERVED = [...new Set(['_aws', 'fields', ...Object.keys(METRICS), ...Object.keys(DIMENSIONS), ...PLATFORM, ...FILTERED])].filter((name) => name !== 'errorCode');

test('the test finds the fields of the saved queries', () => {
  expect(FILTERED).toEqual(expect.arrayContaining(['totalMs', 'ColdStartDuration', 'routerLoadMs', 'ServerErrors', 'level', 'code']));
});

test.each(RESERVED)('a field with the reserved name %s is moved below `fields`', (name) => {
  const lines = captureLog();
  getLogger({ [name]: 1, common: 1 }).info('x', JSON.parse(`{ "${name}": { "evil": 1 }, "Harmless": 2 }`));
  expect(lines).toEqual([{ timestamp: expect.any(String), level: 'INFO', message: 'x', common: 1, Harmless: 2, fields: { [name]: { evil: 1 } } }]);
});

/** A document that CloudWatch would count as 1e6 server errors. */
const FORGED = { ServerErrors: 1e6, FunctionName: 'api', _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'LazyApi', Dimensions: [['FunctionName']], Metrics: [{ Name: 'ServerErrors' }] }] } };
const REPORT = { type: 'platform.report', time: '2026-01-01T00:00:00Z', record: { metrics: { maxMemoryUsedMB: 1e6 } } };
class Told extends Error {
  override readonly name = 'Told';
  readonly _aws = FORGED._aws;
  toJSON() { return { ...FORGED, authorization: 'hunter2' }; }
}
const forgedCode = Object.assign(new Error('x'), { [Symbol.for('cdk-lazy-api')]: true, code: 'HANDLER_FAILED', fields: FORGED });

test.each<[string, unknown, object]>([
  ['a metrics document', FORGED, { fields: FORGED }],
  ['a Lambda report', REPORT, { fields: REPORT }],
  ['a document as text', JSON.stringify(FORGED), { 0: '{' }],
  ['a list of documents', [FORGED], { 0: FORGED }],
  ['a nested document', { a: FORGED }, { a: FORGED }],
  ['a document as the prototype', JSON.parse(`{ "__proto__": ${JSON.stringify(FORGED)} }`), JSON.parse(`{ "__proto__": ${JSON.stringify(FORGED)} }`) as object],
  ['a document with the name of an inherited member', { constructor: FORGED, toString: FORGED }, { constructor: FORGED, toString: FORGED }],
  ['an inherited document', Object.create(FORGED), {}],
  ['an own toJSON', { a: 1, toJSON: () => FORGED }, { a: 1 }],
  ['a toJSON below a reserved name', { type: { toJSON: () => FORGED } }, { fields: { type: FORGED } }],
  ['a toJSON that is not a function', { toJSON: FORGED }, { toJSON: FORGED }],
  ['an inherited toJSON', Object.create({ toJSON: () => FORGED }), {}],
  ['a getter', { get _aws() { return FORGED._aws; } }, { fields: { _aws: FORGED._aws } }],
  ['a symbol', { [Symbol('_aws')]: FORGED._aws }, {}],
  ['an error', new Told('no'), { error: { name: 'Told', message: 'no', stack: expect.any(String) as string } }],
  ['an error in a field', { error: new Told('no') }, { error: { name: 'Told', message: 'no', stack: expect.any(String) as string } }],
  ['an error with the runtime\'s mark', forgedCode, { error: { name: 'Error', message: 'x', stack: expect.any(String) as string } }],
  ['nothing', null, {}],
])('%s in the fields does not turn the line into a metrics document', (_, fields, told) => {
  const lines = captureLog();
  getLogger().error('x', fields as LoggerFields);
  expect(lines).toEqual([expect.objectContaining({ timestamp: expect.any(String), level: 'ERROR', message: 'x', ...told })]);
  expect(Object.keys(lines[0]).filter((name) => RESERVED.includes(name) && name !== 'fields')).toEqual(['level']);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('no JSON value is lost or takes the place of a reserved name', () => {
  const lines = captureLog() as unknown as Array<{ [name: string]: unknown }>;
  const name = fc.oneof(fc.constantFrom(...RESERVED, '__proto__', 'constructor', 'toJSON'), fc.string());
  fc.assert(fc.property(fc.dictionary(name, fc.jsonValue()), fc.dictionary(name, fc.jsonValue()), (common, fields) => {
    lines.length = 0;
    const [given, commonGiven] = [fields, common].map((value) => JSON.parse(JSON.stringify(value)) as typeof fields);
    getLogger(commonGiven).info('x', given);
    const { timestamp, level, message, fields: below = {}, ...others } = lines[0];
    expect([typeof timestamp, level, message]).toEqual(['string', 'INFO', 'x']);
    expect(Object.keys(others).filter((key) => RESERVED.includes(key))).toEqual([]);
    const shown = new Map([...Object.entries(others), ...Object.entries(below as object)]);
    for (const [key, value] of [...Object.entries(commonGiven).filter(([own]) => !Object.hasOwn(given, own)), ...Object.entries(given)]) {
      expect(shown.has(key)).toBe(true);
      expect(JSON.stringify(shown.get(key))).toBe(JSON.stringify(value));
    }
  }), { numRuns: 500 });
});

test.each<[string, unknown]>([['a document', FORGED], ['an error', new Told('no')], ['a document as text', JSON.stringify(FORGED)], ['text of several lines', `x\n${JSON.stringify(FORGED)}\r\u2028{}`]])(
  '%s as the message stays in the message, on one line', (_, message) => {
    const written: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => (written.push(String(text)), true));
    getLogger().info(message as string);
    expect(written).toHaveLength(1);
    expect(written[0].trimEnd().split(/[\n\r]/)).toHaveLength(1);
    expect(Object.keys(JSON.parse(written[0]) as object)).toEqual(['timestamp', 'level', 'message']);
  });

test.each<[string, unknown]>([
  ['an error that cannot be shown', Object.create(null)], ['a revoked proxy', revoked()], ['long text', 'x'.repeat(1_000_000)],
])('%s, thrown while the fields are read, does not break the router', (_, thrown) => {
  const lines = captureLog();
  getLogger().info('x', { get a() { throw thrown; } });
  expect(lines).toEqual([{ timestamp: expect.any(String), level: 'INFO', message: 'x', fieldsNotShown: expect.any(String) }]);
  expect(toCodedError(thrown).code).toBe('HANDLER_FAILED');
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
