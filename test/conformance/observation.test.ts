/**
 * Tests the runner itself: a vector with one mistake must fail.
 */
import { Observation, problemsOf } from './observation';
import { Expectation } from './vector';

const observation: Observation = {
  event: { rawPath: '/users/7', headers: { host: 'a' } },
  result: { statusCode: 200, body: '{"a":1}' },
  answer: { status: 200, headers: { 'x-a': '1' }, cookies: ['a=1'], bytes: Buffer.from('{"a":1}'), isBase64Encoded: false, broken: false },
  seen: [{
    fixture: '/users',
    request: { method: 'GET', path: '/7', query: [['a', '1']], headers: { host: 'a', accept: '*/*' }, base64: 'eA==' },
    event: { rawPath: '/users/7', headers: { host: 'a' } },
    outcomes: [{ value: 'hunter2' }, { code: 'SECRET_UNKNOWN', message: 'no DB' }],
  }],
  logs: [{ level: 'INFO', message: 'GET /users 200', totalMs: 1.5, RequestDuration: 1.5, sum: 3, metrics: ['b', 'a'] }],
  asked: { extension: [{ path: '/get' }], aws: [] },
  atOnce: { extension: 1, aws: 0 },
};

const RIGHT: Expectation = {
  router: '/users',
  request: { method: 'GET', path: '/7', query: [['a', '1']], headers: { host: 'a', cookie: null }, body: 'x' },
  event: {},
  outcomes: [{ value: 'hunter2' }, { code: 'SECRET_UNKNOWN', message: { $match: '^no' } }],
  result: { statusCode: 200, body: { $json: { a: 1 } } },
  answer: { status: 200, headers: { 'x-a': '1' }, cookies: ['a=1'], body: '{"a":1}', isBase64Encoded: false },
  logs: [{
    level: 'INFO',
    message: { $type: 'string' },
    totalMs: { $between: [1, 2] },
    RequestDuration: { $sameAs: 'totalMs' },
    sum: { $sumOf: ['totalMs', 'totalMs'] },
    metrics: { $anyOrder: ['a', 'b'] },
  }],
  asked: { extension: [{ path: '/get' }] },
  atOnce: { extension: 1 },
  hidden: ['hunter2'],
};

const problems = (expect: Expectation, seen = observation) => problemsOf({ expect }, seen);

test('a correct vector has no problems', () => {
  expect(problems(RIGHT)).toEqual([]);
});

test.each<[string, Expectation, string]>([
  ['another router', { router: '/orders' }, 'router[0]: expected "/orders", got "/users"'],
  ['no router', { router: null }, 'router: expected 0 elements, got 1: ["/users"]'],
  ['another method', { request: { method: 'PUT' } }, 'request.method: expected "PUT", got "GET"'],
  ['another query', { request: { query: [['a', '2']] } }, 'request.query[0][1]: expected "2", got "1"'],
  ['a missing header', { request: { headers: { cookie: 'a=1' } } }, 'request.headers.cookie: expected "a=1", got nothing'],
  ['an unexpected header', { request: { headers: { accept: null } } }, 'request.headers.accept: expected null, got "*/*"'],
  ['another request body', { request: { body: 'y' } }, 'request.body: expected "y", got "x"'],
  ['other request bytes', { request: { base64: 'eQ==' } }, 'request.base64: expected "eQ==", got "eA=="'],
  ['another event', { event: { rawPath: '/7' } }, 'event.rawPath: expected "/7", got "/users/7"'],
  [
    'another outcome', { outcomes: [{ value: 'x' }, { code: 'SECRET_UNKNOWN', message: { $match: 'no' } }] },
    'outcomes[0].value: expected "x", got "hunter2"',
  ],
  [
    'too few outcomes', { outcomes: [{ value: 'hunter2' }] },
    'outcomes: expected 1 elements, got 2: [{"value":"hunter2"},{"code":"SECRET_UNKNOWN","message":"no DB"}]',
  ],
  ['a result with fewer members', { result: { statusCode: 200 } }, 'result.body: expected nothing, got "{\\"a\\":1}"'],
  [
    'a result with more members', { result: { statusCode: 200, body: { $json: { a: 1 } }, cookies: [] } },
    'result.cookies: expected a list, got nothing',
  ],
  ['other JSON', { result: { statusCode: 200, body: { $json: { a: 2 } } } }, 'result.body as JSON.a: expected 2, got 1'],
  ['another status', { answer: { ...RIGHT.answer, status: 201 } }, 'answer.status: expected 201, got 200'],
  ['a response without a header', { answer: { ...RIGHT.answer, headers: {} } }, 'answer.headers.x-a: expected nothing, got "1"'],
  ['a response without a cookie', { answer: { ...RIGHT.answer, cookies: [] } }, 'answer.cookies: expected 0 elements, got 1: ["a=1"]'],
  ['another body', { answer: { ...RIGHT.answer, body: 'x' } }, 'answer.body: expected "x", got "{\\"a\\":1}"'],
  ['another encoding', { answer: { ...RIGHT.answer, isBase64Encoded: true } }, 'answer.isBase64Encoded: expected true, got false'],
  ['an interrupted response', { answer: { ...RIGHT.answer, broken: true } }, 'answer.broken: expected true, got false'],
  ['a failure', { failure: '404 ROUTE_UNKNOWN', logs: RIGHT.logs }, 'answer.status: expected 404, got 200'],
  ['a line of another level', { logs: [{ $part: { level: 'WARN' } }] }, 'logs[0].level: expected "WARN", got "INFO"'],
  [
    'a line with fewer members', { logs: [{ level: 'INFO', message: 'GET /users 200', RequestDuration: 1.5, sum: 3, metrics: ['b', 'a'] }] },
    'logs[0].totalMs: expected nothing, got 1.5',
  ],
  ['a member of another type', { logs: [{ $part: { message: { $type: 'number' } } }] }, 'logs[0].message: expected a number, got "GET /users 200"'],
  [
    'text that does not match', { logs: [{ $part: { message: { $match: '^POST' } } }] },
    'logs[0].message: expected text like ^POST, got "GET /users 200"',
  ],
  [
    'text that does not match all of a list', { logs: [{ $part: { message: { $match: ['^GET', '0$', 'x'] } } }] },
    'logs[0].message: expected text like x, got "GET /users 200"',
  ],
  ['a number that is too small', { logs: [{ $part: { totalMs: { $atLeast: 2 } } }] }, 'logs[0].totalMs: expected at least 2, got 1.5'],
  [
    'a number that is out of range', { logs: [{ $part: { totalMs: { $between: [2, 3] } } }] },
    'logs[0].totalMs: expected a number from [2,3], got 1.5',
  ],
  ['text that is not repeated', { logs: [{ $part: { level: { $repeat: ['I', 2] } } }] }, 'logs[0].level: expected "II", got "INFO"'],
  ['other elements in any order', { logs: [{ $part: { metrics: { $anyOrder: ['a', 'c'] } } }] }, 'logs[0].metrics[0]: expected "a", got "b"'],
  [
    'no line, although there is one', { router: '/users', logs: [] },
    'logs: expected 0 elements, got 1: [{"level":"INFO","message":"GET /users 200","totalMs":1.5,"RequestDuration":1.5,"sum":3,"metrics":["b","a"]}]',
  ],
  ['another number of requests', { asked: { extension: 2 } }, 'asked.extension: requests: expected 2, got 1'],
  ['another request', { asked: { extension: [{ path: '/put' }] } }, 'asked.extension[0].path: expected "/put", got "/get"'],
  ['no requests, although there is one', { asked: {} }, 'asked.extension: requests: expected 0, got 1'],
  ['more concurrent requests', { atOnce: { extension: 2 } }, 'atOnce.extension: expected 2, got 1'],
  ['hidden text that is written', { hidden: ['GET /users'] }, 'GET /users is written'],
])('the runner reports a difference: %s', (_, wrong, problem) => {
  expect(problems({ ...RIGHT, ...wrong }).filter((one) => one === problem)).toEqual([problem]);
});

test('the runner reports a value that differs from another member of its line', () => {
  const [line] = observation.logs;
  const different = { ...observation, logs: [{ ...line, RequestDuration: 2 }] };
  expect(problems(RIGHT, different)).toEqual(['logs[0].RequestDuration: expected 1.5, got 2']);
});

test('the runner reports a value that is not the sum of other members', () => {
  const [line] = observation.logs;
  const different = { ...observation, logs: [{ ...line, sum: 2 }] };
  expect(problems(RIGHT, different)).toEqual(['logs[0].sum: expected a number from [2.98,3.02], got 2']);
});

test('a failure expects the runtime\'s own error response and one line', () => {
  const body = JSON.stringify({ message: 'Not Found', code: 'ROUTE_UNKNOWN', requestId: 'REQUEST_ID' });
  const headers = { 'content-type': 'application/json' };
  const answer = { status: 404, headers, cookies: [], bytes: Buffer.from(body), isBase64Encoded: false, broken: false };
  const line = { level: 'WARN', code: 'ROUTE_UNKNOWN', requestId: 'REQUEST_ID', message: 'x' };
  const failed = { ...observation, asked: { extension: [], aws: [] }, answer, logs: [line] };
  expect(problems({ failure: '404 ROUTE_UNKNOWN' }, failed)).toEqual([]);
  expect(problems({ failure: '404 ROUTE_UNKNOWN' }, { ...failed, logs: [] })).toHaveLength(1);
  expect(problems({ failure: '404 ROUTE_UNKNOWN' }, { ...failed, logs: [{ ...line, level: 'ERROR' }] })).toHaveLength(1);
  expect(problems({ failure: '400 PATH_REFUSED' }, failed)).not.toEqual([]);
});

test('the runner reports an invocation without a response', () => {
  const lost = { ...observation, answer: undefined, logs: [], asked: { extension: [], aws: [] } };
  expect(problems({ router: '/users' }, lost)).toEqual(['answer: there is none']);
});
