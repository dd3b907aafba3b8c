import { join } from 'node:path';
import Ajv from 'ajv';
import { readJson, readVectors, Vector } from './vector';

const files = readVectors();
const isValid = new Ajv({ allErrors: true }).compile(readJson(join(__dirname, 'schema.json')) as object);

test.each(files)('$file matches the schema', ({ vectors }) => {
  expect(isValid(vectors) ? [] : isValid.errors).toEqual([]);
});

test.each(files)('the cases of $file have unique names', ({ vectors: { cases } }) => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

describe('the schema refuses', () => {
  const vector = { name: 'a case', event: { from: 'rest' }, expect: { router: '/users' } } as Vector;
  const file = { about: 'One case.', app: { routers: { '/users': 'web' } }, cases: [vector] };

  test('the schema accepts a correct file', () => {
    expect(isValid(file)).toBe(true);
  });

  test.each<[string, object]>([
    ['a case that expects nothing', { expect: {} }],
    ['an expectation that the runner does not compare', { expect: { status: 200 } }],
    ['an unknown matcher', { expect: { result: { body: { $like: 'x' } } } }],
    ['a matcher next to other members', { expect: { logs: [{ $part: {}, code: 'TIMEOUT' }] } }],
    ['an unknown instruction', { do: { answer: 'x' } }],
    ['an unknown sample', { event: { from: 'alb' } }],
    ['an unknown capability', { requires: ['magic'] }],
  ])('%s', (_, change) => expect(isValid({ ...file, cases: [{ ...vector, ...change }] })).toBe(false));

  test.each<[string, object]>([
    ['an unknown fixture', { app: { routers: { '/users': 'echo' } } }],
    ['an unknown trait', { app: { routers: { '/users': 'web' }, endpoint: { greedy: {} } } }],
    ['an unknown member', { note: 'x' }],
  ])('%s', (_, change) => expect(isValid({ ...file, ...change })).toBe(false));
});
