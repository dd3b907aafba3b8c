import { versionProblem } from '../../lib/hook/version-problem';

const problemOf = (answer: unknown) => versionProblem(undefined, Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)));
const result = (body: object) => ({ statusCode: 200, headers: {}, body: JSON.stringify(body) });

test('a version is accepted if all routers load, buffered and streamed', () => {
  expect(problemOf(result({ loaded: ['/a'], failed: [] }))).toBeUndefined();
  expect(problemOf(`{"statusCode":200}${'\0'.repeat(8)}{"loaded":["/a"],"failed":[]}`)).toBeUndefined();
});

test.each<[string, unknown, RegExp]>([
  ['routers that do not load', result({ loaded: ['/a'], failed: [{ router: '/b', code: 'ROUTER_EXPORT' }, { router: '/c', code: 'ROUTER_LOAD_FAILED' }] }), /^routers that do not load: \/b \(ROUTER_EXPORT\), \/c \(ROUTER_LOAD_FAILED\); the log of the new version says why$/],
  ['a response from a router', { statusCode: 404, body: '{"message":"Not Found"}' }, /did not report whether its routers load/],
  ['an empty result', '', /did not report/],
  ['null', 'null', /did not report/],
  ['text that is not JSON', 'oops', /did not report/],
  ['a response that breaks off', `{"statusCode":200}${'\0'.repeat(8)}{"loaded":`, /did not report/],
])('a version is refused for %s', (_, answer, problem) => {
  expect(problemOf(answer)).toMatch(problem);
});

test('a version that fails is refused', () => {
  expect(versionProblem('Unhandled', Buffer.from('{"errorMessage":"x"}'))).toBe('the new version failed (Unhandled): its log says why');
});
