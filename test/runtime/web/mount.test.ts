import fc from 'fast-check';
import { readPath } from '../../../lib/runtime/dispatch/event-path';
import { ApiEvent } from '../../../lib/runtime/events';
import { hasDotSegment, mount } from '../../../lib/runtime/web/mount';
import { http2, rest } from '../events';

function mounted(event: ApiEvent, prefix: string) {
  return mount(event, readPath(event, prefix), prefix, true);
}

const rawSegment = fc.array(fc.oneof(
  fc.constantFrom('users', 'a', 'v1', 'prod', '%2F', '%20', '%25', '%3F', '%C3%BC', '%41', ';', '+', '@', ':', '~', "'", '!', '$', '&', '(', ')', '*', ',', '=', '-', '_', '.'),
  fc.string({ unit: fc.constantFrom(...'abcXYZ0189'), maxLength: 3 }),
), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const pathOf = (segments: readonly string[]) => segments.map((segment) => `/${segment}`).join('');
const literal = fc.constantFrom('users', 'a', 'v1', 'prod', '{p}', '{q}');

test('an encoded path below the mount arrives unchanged, behind any mapping', () => {
  fc.assert(fc.property(
    fc.array(fc.constantFrom('v1', 'users', 'a', 'prod'), { maxLength: 3 }),
    fc.uniqueArray(literal, { maxLength: 3 }),
    fc.array(rawSegment, { minLength: 0, maxLength: 4 }),
    (lead, pattern, below) => {
      const prefix = pathOf(pattern) || '/';
      const filled = pattern.map((text) => (text.startsWith('{') ? 'users' : text));
      const resource = below.length ? `${pathOf(pattern)}/{proxy+}` : prefix;
      const event = rest({ path: pathOf([...filled, ...below]) || '/', resource, mapping: pathOf(lead) });
      const result = mounted(event, prefix);
      expect(result).toEqual({ path: pathOf(below) || '/', base: pathOf([...lead, ...filled]) });
      if (!hasDotSegment(result.path)) expect(new URL(`https://host${result.path}`).pathname).toBe(result.path);
    },
  ), { numRuns: 2000 });
});

test('a decoded path below the mount arrives as the same decoded path', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (texts) => {
    const segments = texts.map((text) => text.replace(/[/?]/g, '-'));
    const event = { ...http2({ resource: '/users/{proxy+}' }), rawPath: `/users${pathOf(segments)}`, pathParameters: { proxy: segments.join('/') } };
    const { path } = mounted(event, '/users');
    expect(path.split('/').slice(1).map(decodeURIComponent)).toEqual(segments);
    if (!hasDotSegment(path)) expect(new URL(`https://host${path}`).pathname).toBe(path);
  }), { numRuns: 1000 });
});
