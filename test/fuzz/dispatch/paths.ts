/**
 * Random and hostile paths as clients send them.
 */
import fc from 'fast-check';
import { Api, LITERALS, segmentsOf } from './api';

/** Segments that attackers use to authorize one path and reach another. */
const HOSTILE = [
  '', '.', '..', '%2e', '%2E%2e', '.%2e', '..;', '%00', '%2F', 'a%2Fb', 'a%2f..%2fb', '%5C', '..%5C', '\\', '%', '%zz', '%c3', '%ff', '%C3%BC', 'ü', '%E2%80%AE', '%252F', '%252e%252e', '%2525',
  'a%3Fb', '%3F', '%23', 'a;b', '{p}', '{proxy+}', '%7Bp%7D', '%61', 'us%65rs', 'USERS', '%20', 'a+b', '%0d%0a', '%F0%9F%98%80', '*', '~', '"', '|', '%40', '%3A', 'x'.repeat(300),
];

const segment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LITERALS) },
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => encodeURIComponent(text)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }).map((text) => text.replace(/[\s/?#\0-\x20]/g, '')) },
);

/** A path near one of the API's prefixes, or any path. */
export function pathOf({ routers }: Api): fc.Arbitrary<string> {
  const near = fc.record({ prefix: fc.constantFrom(...routers.map(({ prefix }) => prefix)), values: fc.array(segment, { minLength: 4, maxLength: 4 }), rest: fc.array(segment, { maxLength: 4 }) })
    .map(({ prefix, values, rest }) => `/${[...segmentsOf(prefix).map((text, i) => (text.startsWith('{') ? values[i] : text)), ...rest].join('/')}`);
  return fc.oneof({ weight: 3, arbitrary: near }, { weight: 1, arbitrary: fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`) });
}
