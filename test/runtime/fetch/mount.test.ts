import fc from 'fast-check';
import { readPath } from '../../../lib/runtime/dispatch/event-path';
import { ApiEvent } from '../../../lib/runtime/events';
import { escapeSegment, hasDotSegment, mount } from '../../../lib/runtime/fetch/mount';
import { formats, functionUrl, http1, http2, rest } from '../events';

function mounted(event: ApiEvent, prefix: string, strip = true) {
  return mount(event, readPath(event, prefix), prefix, strip);
}

function mountedUnmatched(event: ApiEvent, prefix: string) {
  return mount(event, readPath(event, undefined), prefix, true);
}

const routed = formats.filter(({ routed: isRouted }) => isRouted);

describe.each(routed)('a router mounted behind a $name', ({ event }) => {
  test.each([
    ['/users', '/users', '/', '/users'],
    ['/users', '/users/', '/', '/users'],
    ['/users/{proxy+}', '/users/7/posts', '/7/posts', '/users'],
    ['/users/{proxy+}', '/users/7/', '/7/', '/users'],
    ['/users/{proxy+}', '/users//7', '//7', '/users'],
    ['/users/{proxy+}', '/users/users/users', '/users/users', '/users'],
    ['/{tenant}/users/{proxy+}', '/acme/users/users/users', '/users/users', '/acme/users'],
    ['/{tenant}/users', '/acme/users', '/', '/acme/users'],
    ['/', '/', '/', ''],
    ['/{proxy+}', '/a/b', '/a/b', ''],
  ])('at %s sees of %s the path %s below %s', (resource, path, below, base) => {
    const prefix = resource.replace('/{proxy+}', '') || '/';
    expect(mounted(event({ path, resource }), prefix)).toEqual({ path: below, base });
  });

  test('sees the whole path when the prefix is kept', () => {
    expect(mounted(event({ path: '/users/7', resource: '/users/{proxy+}' }), '/users', false)).toEqual({ path: '/users/7', base: '' });
  });
});

test('a named stage of an HTTP API is taken away, even when it looks like the prefix', () => {
  for (const event of [http1, http2]) {
    expect(mounted(event({ path: '/users/users', resource: '/users/{proxy+}', stage: 'users' }), '/users')).toEqual({ path: '/users', base: '/users/users' });
    expect(mounted(event({ path: '/users', resource: '/users', stage: 'prod' }), '/users', false)).toEqual({ path: '/users', base: '/prod' });
  }
});

test('a base path mapping is taken away, even when it looks like the prefix', () => {
  for (const event of [rest, http1]) {
    expect(mounted(event({ path: '/users/users', resource: '/users/{proxy+}', mapping: '/v1/users' }), '/users'))
      .toEqual({ path: '/users', base: '/v1/users/users' });
    expect(mounted(event({ path: '/', resource: '/', mapping: '/v1' }), '/')).toEqual({ path: '/', base: '/v1' });
    expect(mounted(event({ path: '/acme', resource: '/{tenant}', mapping: '/v1' }), '/{tenant}')).toEqual({ path: '/', base: '/v1/acme' });
    expect(mounted(event({ path: '/users//', resource: '/{proxy+}', mapping: '/v1' }), '/')).toEqual({ path: '/users//', base: '/v1' });
  }
});

test('a function URL has the prefix at the start of the path', () => {
  expect(mountedUnmatched(functionUrl({ path: '/acme/users/a%2Fb' }), '/{tenant}/users')).toEqual({ path: '/a%2Fb', base: '/acme/users' });
});

test('the $default route has the prefix behind the stage', () => {
  expect(mountedUnmatched(http2({ path: '/users/7', stage: 'prod' }), '/users')).toEqual({ path: '/7', base: '/prod/users' });
  expect(mountedUnmatched(http2({ path: '/$default/7' }), '/$default')).toEqual({ path: '/7', base: '/$default' });
});

test('a REST API keeps an encoded slash of a parameter, whether or not it decodes the parameter', () => {
  const event = rest({ path: '/acme%2Fusers/users/a%2Fb', resource: '/{tenant}/users/{proxy+}' });
  expect(mounted(event, '/{tenant}/users')).toEqual({ path: '/a%2Fb', base: '/acme%2Fusers/users' });
  expect(mounted({ ...event, pathParameters: { proxy: 'a/b' } }, '/{tenant}/users')).toEqual({ path: '/a%2Fb', base: '/acme%2Fusers/users' });
});

test('a path that does not contain the matched route yields to the parameter that API Gateway took', () => {
  const event = { ...rest({ path: '/', resource: '/users/{proxy+}' }), path: '/elsewhere', pathParameters: { proxy: 'a b/c' } };
  expect(mounted(event, '/users')).toEqual({ path: '/a%20b/c', base: '/users' });
  expect(mounted(event, '/users', false)).toEqual({ path: '/users/a%20b/c', base: '' });
});

test('what was taken away never names another host', () => {
  const event = rest({ path: '//evil.example/users/7', resource: '/users/{proxy+}' });
  expect(mounted({ ...event, pathParameters: { proxy: '7' } }, '/users').base).toBe('/evil.example/users');
});

const rawSegment = fc.array(fc.oneof(
  fc.constantFrom('users', 'a', 'v1', 'prod', '%2F', '%20', '%25', '%3F', '%C3%BC', '%41', ';', '+', '@', ':', '~', "'", '!', '$', '&', '(', ')', '*', ',', '=', '-', '_', '.'),
  fc.string({ unit: fc.constantFrom(...'abcXYZ0189'), maxLength: 3 }),
), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const pathOf = (segments: readonly string[]) => segments.map((segment) => `/${segment}`).join('');
const literal = fc.constantFrom('users', 'a', 'v1', 'prod', '{p}', '{q}');

test('an encoded path arrives below the mount byte for byte, behind any mapping', () => {
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

test('a decoded path arrives below the mount as the same decoded path', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (texts) => {
    const segments = texts.map((text) => text.replace(/[/?]/g, '-'));
    const event = { ...http2({ resource: '/users/{proxy+}' }), rawPath: `/users${pathOf(segments)}`, pathParameters: { proxy: segments.join('/') } };
    const { path } = mounted(event, '/users');
    expect(path.split('/').slice(1).map(decodeURIComponent)).toEqual(segments);
    if (!hasDotSegment(path)) expect(new URL(`https://host${path}`).pathname).toBe(path);
  }), { numRuns: 1000 });
});

test.each([
  ['a b', 'a%20b'], ['100%', '100%25'], ['%2F', '%252F'], ['ü', '%C3%BC'], ['a\\b', 'a%5Cb'], ['a#b', 'a%23b'], [":@!$&'()*+,;=~-._", ":@!$&'()*+,;=~-._"],
])('the decoded segment %s is escaped as %s', (segment, escaped) => {
  expect(escapeSegment(segment, 'decoded')).toBe(escaped);
});

test.each([
  ['a%20b', 'a%20b'], ['100%', '100%'], ['a\\..', 'a%5C..'], ['a\tb\n', 'a%09b%0A'], ['a?b', 'a%3Fb'], ['a#b', 'a%23b'], ['ü', '%C3%BC'],
])('the encoded segment %j is kept as %s', (segment, kept) => {
  expect(escapeSegment(segment, 'encoded')).toBe(kept);
});

test.each(['/.', '/..', '/a/../b', '/%2e', '/%2E%2e/a', '/.%2e', '/%2e./'])('%s has dot segments', (path) => {
  expect(hasDotSegment(path)).toBe(true);
});

test.each(['/', '/...', '/.a', '/a..b', '/%252e', '/a%2e'])('%s has no dot segments', (path) => {
  expect(hasDotSegment(path)).toBe(false);
});
