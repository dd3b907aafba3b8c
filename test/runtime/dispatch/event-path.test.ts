import fc from 'fast-check';
import { readPath } from '../../../lib/runtime/dispatch/event-path';
import { ApiEvent } from '../../../lib/runtime/events';
import { rest } from '../events';

function leadOf(path: string, route: string, proxy: string): number {
  return readPath({ ...rest({ resource: `${route}/{proxy+}` }), path, pathParameters: { proxy } } as ApiEvent, route).lead;
}

/** The definition, in quadratic time: the part before the route, at the position where the rest is the greedy parameter. */
function reference(path: string, route: string, proxy: string): number {
  const decode = (text: string) => text.split('/').map((segment) => { try { return decodeURIComponent(segment); } catch { return segment; } });
  const segments = decode(path.slice(1));
  const pattern = route.split('/').filter(Boolean);
  const starts = [...segments, ''].map((_, at) => at)
    .filter((at) => pattern.every((text, i) => (text.startsWith('{') ? segments[at + i] : segments[at + i] === text)));
  const rests = [...proxy ? [] : [[]], decode(proxy), decode(`${proxy}/`)].map((segmentsOfRest) => JSON.stringify(segmentsOfRest));
  return starts.find((at) => rests.includes(JSON.stringify(segments.slice(at + pattern.length)))) ?? starts[0] ?? -1;
}

test('the lead of any path matches its definition', () => {
  const segment = fc.constantFrom('a', 'b', '', 'a%2Fb', 'a/b', '%zz', '%61');
  const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`);
  const route = fc.constantFrom('/a', '/{x}', '/a/{x}', '/a/a', '/{x}/b', '/');
  fc.assert(fc.property(path, route, fc.oneof(path.map((text) => text.slice(1)), fc.constant('a/b')), (text, matched, proxy) => {
    expect(leadOf(text, matched, proxy)).toBe(reference(text, matched, proxy));
  }), { numRuns: 2_000 });
});

// If the endings were tried one by one, they would have more than 10^10 characters in total.
test.each([['/{x}', '/a'], ['/a', '/a'], ['/a/{x}', '/a'], ['/{x}', '/%61'], ['/{x}', '/'], ['/{x}', '/%zz']])('a long path is read that matches %s/{proxy+} everywhere and its parameter nowhere: %s', (route, segment) => {
  const path = segment.repeat(200_000);
  expect(leadOf(path, route, 'elsewhere')).toBe(route.includes('{') && segment === '/' ? -1 : 0);
});
