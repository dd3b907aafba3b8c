import { join } from 'node:path';
import Ajv from 'ajv';
import { readJson, readVectors, Vector } from './vector';

const files = readVectors();
const isValid = new Ajv({ allErrors: true }).compile(readJson(join(__dirname, 'schema.json')) as object);

test.each(files)('$file is as the schema says', ({ vectors }) => {
  expect(isValid(vectors) ? [] : isValid.errors).toEqual([]);
});

test.each(files)('the cases of $file have names of their own', ({ vectors: { cases } }) => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

describe('the schema refuses', () => {
  const vector = { name: 'a case', event: { from: 'rest' }, expect: { router: '/users' } } as Vector;
  const file = { about: 'One case.', app: { routers: { '/users': 'web' } }, cases: [vector] };

  test('nothing in a file that is right', () => {
    expect(isValid(file)).toBe(true);
  });

  test.each<[string, object]>([
    ['a case that expects nothing', { expect: {} }],
    ['an expectation that nobody compares', { expect: { status: 200 } }],
    ['a matcher that there is not', { expect: { result: { body: { $like: 'x' } } } }],
    ['a matcher beside members', { expect: { logs: [{ $part: {}, code: 'TIMEOUT' }] } }],
    ['an instruction that no fixture knows', { do: { answer: 'x' } }],
    ['a sample that there is not', { event: { from: 'alb' } }],
    ['a capability that nobody has', { requires: ['magic'] }],
  ])('%s', (_, change) => expect(isValid({ ...file, cases: [{ ...vector, ...change }] })).toBe(false));

  test.each<[string, object]>([
    ['a fixture that there is not', { app: { routers: { '/users': 'echo' } } }],
    ['a trait that no endpoint has', { app: { routers: { '/users': 'web' }, endpoint: { greedy: {} } } }],
    ['a member of its own', { note: 'x' }],
  ])('%s', (_, change) => expect(isValid({ ...file, ...change })).toBe(false));
});
