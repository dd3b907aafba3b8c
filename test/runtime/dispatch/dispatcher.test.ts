import fc from 'fast-check';
import { EndpointTraits } from '../../../lib/contract/endpoint';
import { routePaths } from '../../../lib/routing/route-paths';
import { createDispatcher } from '../../../lib/runtime/dispatch/dispatcher';
import { ApiEvent } from '../../../lib/runtime/events';
import { CodedError } from '../../../lib/runtime/failures/coded-error';
import { formats, functionUrl, http1, http2, rest } from '../events';

const PREFIXES = ['/', '/api', '/api/admin', '/api/{tenant}/users', '/x'];

function servedBy(event: ApiEvent, prefixes: readonly string[] = PREFIXES, greedyRoutes?: EndpointTraits['greedyRoutes']): string {
  const routers = prefixes.map((prefix) => ({ prefix, isLoaded: true, load: async () => ({}) }));
  try {
    return createDispatcher(routers, greedyRoutes)(event).router.prefix;
  } catch (error) {
    return (error as CodedError).code;
  }
}

/** Paths that have been used to be authorised as one thing and served as another. */
const HOSTILE_PATHS = [
  '/', '//', '/x', '/x/', '//x', '/x//', '/X', '/x%2Fy', '/x%2fy', '/x/..', '/x/../api/admin', '/x/%2e%2e/api/admin', '/x/.%2E/api/admin',
  '/./x', '/%2e/x', '/%78', '/x%3Fy', '/x%23y', '/x;y', '/api', '/api/', '/api//admin', '/api%2Fadmin', '/api%2fadmin/', '/API/ADMIN', '/api/admin',
  '/api/admin/', '/api/admin%2F', '/api/admin%20', '/api/admin%00', '/api/admin%3F', '/api/%61dmin', '/api/acme/users', '/api//users',
  '/api/%2Fusers', '/api/acme%2Fusers', '/api/acme/users%2F..%2F..%2Fadmin', '/api\\admin', '/api%5Cadmin', '/api/%7Btenant%7D/users',
  '/api/{proxy+}', '/%2561pi', '/x%252Fy', '/%C3%BC', '/x%E2%80%AEy',
];

/** Written anew, on the text: the longest prefix whose segments are the path's first. */
function reference(segments: readonly string[], prefixes: readonly string[]): string {
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'PATH_REFUSED';
  const fits = (prefix: string) => prefix.split('/').filter(Boolean).every((text, i) =>
    text.startsWith('{') ? segments[i] !== undefined && segments[i] !== '' : segments[i] === text);
  const order = (prefix: string) => prefix.split('/').filter(Boolean).map((text) => (text.startsWith('{') ? '1' : '2')).join('');
  const candidates = prefixes.filter(fits).sort((a, b) => order(b).length - order(a).length || (order(b) > order(a) ? 1 : -1));
  return candidates[0] ?? 'ROUTE_UNKNOWN';
}

function segmentsOf(path: string, encoding: 'encoded' | 'decoded'): string[] {
  if (encoding === 'decoded') return decodeURIComponent(path).split('?')[0].slice(1).split('/');
  return path.slice(1).split('/').map(decodeURIComponent);
}

describe.each(formats.filter(({ routed }) => routed))('an event of a $name', ({ event }) => {
  test.each(PREFIXES.flatMap((prefix) => routePaths(prefix).map((resource) => [resource, prefix])))('that was matched as %s is served by %s', (resource, prefix) => {
    expect(servedBy(event({ path: '/anything/else', resource }))).toBe(prefix);
  });

  test.each(HOSTILE_PATHS)('is served by the router of its route, whatever %s looks like', (path) => {
    for (const prefix of PREFIXES) {
      for (const resource of routePaths(prefix)) expect(servedBy(event({ path, resource }))).toBe(prefix);
    }
  });

  test.each(['/unknown', '/api/{other}/users', '/api/admin/', '/API', '/api/{proxy}', '', 'toString', '__proto__', '/x/{proxy+}/'])(
    'that was matched as %j, which no router declared, is served by none', (resource) => {
      expect(servedBy(event({ path: '/api/admin', resource }))).toBe('ROUTE_UNKNOWN');
    });

  test.each(['/$metrics', '/$default'])('that was matched as %s, which a router declared, is served by that router', (prefix) => {
    expect(servedBy(event({ path: '/x', resource: prefix === '/$default' ? `${prefix}/{proxy+}` : prefix }), [...PREFIXES, prefix])).toBe(prefix);
  });

  test('that was matched by a greedy route is served by the router of its path', () => {
    const greedy = { '/api/{proxy+}': ['/api/admin', '/api/{tenant}/users'] };
    expect(servedBy(event({ path: '/api/acme/users/7', resource: '/api/{proxy+}' }), ['/api/admin', '/api/{tenant}/users'], greedy)).toBe('/api/{tenant}/users');
    expect(servedBy(event({ path: '/api/other', resource: '/api/{proxy+}' }), ['/api/admin', '/api/{tenant}/users'], greedy)).toBe('ROUTE_UNKNOWN');
  });

  test('that was matched by a greedy route of a router and others is found among those', () => {
    const greedy = { '/api/{proxy+}': ['/api', '/api/{tenant}/users'] };
    expect(servedBy(event({ path: '/api/acme/users/7', resource: '/api/{proxy+}' }), PREFIXES, greedy)).toBe('/api/{tenant}/users');
    expect(servedBy(event({ path: '/api/7', resource: '/api/{proxy+}' }), PREFIXES, greedy)).toBe('/api');
  });

  test('that was matched by a greedy route below a parameter is served by the router of its path', () => {
    const prefixes = ['/{tenant}/users', '/{tenant}/{kind}/list'];
    const greedy = { '/{tenant}/{proxy+}': prefixes };
    expect(servedBy(event({ path: '/acme/users/7', resource: '/{tenant}/{proxy+}' }), prefixes, greedy)).toBe('/{tenant}/users');
    expect(servedBy(event({ path: '/acme/beds/list', resource: '/{tenant}/{proxy+}' }), prefixes, greedy)).toBe('/{tenant}/{kind}/list');
  });

  test('that was matched by a greedy route is found behind a base path mapping that looks like a router', () => {
    const greedy = event({ path: '/api/admin/7', resource: '/{proxy+}', mapping: '/api' });
    expect(servedBy(greedy, ['/api/admin', '/admin'], { '/{proxy+}': ['/api/admin', '/admin'] })).toBe('/api/admin');
  });

  test.each(HOSTILE_PATHS)('that was matched by a greedy route reaches no router of another authorization, whatever %s looks like', (path) => {
    const greedy = { '/api/{proxy+}': ['/api', '/api/{tenant}/users'], '/{proxy+}': ['/', '/x'] };
    for (const [resource, mine] of Object.entries(greedy)) {
      expect([...mine, 'ROUTE_UNKNOWN', 'PATH_REFUSED']).toContain(servedBy(event({ path, resource }), PREFIXES, greedy));
    }
  });
});

const BY_PATH = [
  { name: 'a function URL', encoding: 'encoded', event: functionUrl },
  { name: 'the $default route, payload 2.0', encoding: 'decoded', event: (sent: object) => http2({ ...sent, resource: '$default' }) },
  { name: 'the $default route, payload 1.0', encoding: 'decoded', event: (sent: object) => http1({ ...sent, resource: '$default' }) },
  { name: 'the $default route of a named stage', encoding: 'decoded', event: (sent: object) => http2({ ...sent, stage: 'prod' }) },
  { name: 'a greedy route of a REST API', encoding: 'encoded', event: (sent: object) => rest({ ...sent, resource: '/{proxy+}' }) },
] as const;

describe.each(BY_PATH)('an event of $name', ({ encoding, event }) => {
  const prefixes = PREFIXES.filter((prefix) => prefix !== '/');

  test.each(HOSTILE_PATHS)('for %s is served by whom the reference says', (path) => {
    expect(servedBy(event({ path }), prefixes, { '/{proxy+}': prefixes })).toBe(reference(segmentsOf(path, encoding), prefixes));
  });

  test('is served by whom the reference says, for any path and routers', () => {
    const text = fc.constantFrom('a', 'b', 'A', 'api', 'a%2Fb', '%2e%2e', '..', '.', '', 'a%3Fb', '%61', 'b%23', '%25', 'users');
    const segment = fc.oneof(fc.constantFrom('a', 'b', 'api', 'users'), fc.constantFrom('{p}', '{q}'));
    const prefix = fc.uniqueArray(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);
    const shape = (path: string) => path.replace(/\{\w+\}/g, '{}');
    fc.assert(fc.property(fc.array(text, { maxLength: 5 }), fc.uniqueArray(prefix, { selector: shape, maxLength: 8 }), (texts, routers) => {
      const path = `/${texts.join('/')}`;
      expect(servedBy(event({ path }), routers, { '/{proxy+}': routers })).toBe(reference(segmentsOf(path, encoding), routers));
    }), { numRuns: 500 });
  });
});

test('refuses a path that is not valid percent-encoding', () => {
  expect(servedBy(functionUrl({ path: '/x/%zz' }))).toBe('PATH_REFUSED');
});

test.each([undefined, null, {}, 'text', { version: '2.0' }, { version: '2.0', routeKey: '' }])('an invocation with %j reaches no router', (event) => {
  expect(servedBy(event as unknown as ApiEvent)).toBe('ROUTE_UNKNOWN');
});
