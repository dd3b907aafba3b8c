import { versionProblem } from '../../lib/hook/version-problem';

const problemOf = (answer: unknown) => versionProblem(undefined, Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)));
const result = (body: object) => ({ statusCode: 200, headers: {}, body: JSON.stringify(body) });

test('a version whose routers all load is let through, buffered and streamed', () => {
  expect(problemOf(result({ loaded: ['/a'], failed: [] }))).toBeUndefined();
  expect(problemOf(`{"statusCode":200}${'\0'.repeat(8)}{"loaded":["/a"],"failed":[]}`)).toBeUndefined();
});

test.each<[string, unknown, RegExp]>([
  ['routers that do not load', result({ loaded: ['/a'], failed: [{ router: '/b', code: 'ROUTER_EXPORT' }, { router: '/c', code: 'ROUTER_LOAD_FAILED' }] }), /^routers that do not load: \/b \(ROUTER_EXPORT\), \/c \(ROUTER_LOAD_FAILED\); the log of the new version says why$/],
  ['an answer of the router\'s own', { statusCode: 404, body: '{"message":"Not Found"}' }, /did not answer the question/],
  ['no answer', '', /did not answer/],
  ['null', 'null', /did not answer/],
  ['something else', 'oops', /did not answer/],
  ['an answer that broke off', `{"statusCode":200}${'\0'.repeat(8)}{"loaded":`, /did not answer/],
])('%s stop it', (_, answer, problem) => {
  expect(problemOf(answer)).toMatch(problem);
});

test('a version that fails is stopped', () => {
  expect(versionProblem('Unhandled', Buffer.from('{"errorMessage":"x"}'))).toBe('the new version failed (Unhandled): its log says why');
});
