import fc from 'fast-check';
import { EndpointTraits } from '../../../lib/contract/endpoint';
import { createDispatcher } from '../../../lib/runtime/dispatch/dispatcher';
import { ApiEvent } from '../../../lib/runtime/events';
import { CodedError } from '../../../lib/runtime/failures/coded-error';
import { functionUrl, http1, http2, rest } from '../events';

function servedBy(event: ApiEvent, prefixes: readonly string[], greedyRoutes?: EndpointTraits['greedyRoutes']): string {
  const routers = prefixes.map((prefix) => ({ prefix, isReady: true, load: async () => ({}) }));
  try {
    return createDispatcher(routers, greedyRoutes)(event).router.prefix;
  } catch (error) {
    return (error as CodedError).code;
  }
}

/** An independent implementation on text: the longest prefix whose segments match the start of the path. */
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

const BY_PATH = [
  { name: 'a function URL', encoding: 'encoded', event: functionUrl },
  { name: 'the $default route, payload 2.0', encoding: 'decoded', event: (sent: object) => http2({ ...sent, resource: '$default' }) },
  { name: 'the $default route, payload 1.0', encoding: 'decoded', event: (sent: object) => http1({ ...sent, resource: '$default' }) },
  { name: 'the $default route of a named stage', encoding: 'decoded', event: (sent: object) => http2({ ...sent, stage: 'prod' }) },
  { name: 'a greedy route of a REST API', encoding: 'encoded', event: (sent: object) => rest({ ...sent, resource: '/{proxy+}' }) },
] as const;

describe.each(BY_PATH)('an event from $name', ({ encoding, event }) => {
  test('reaches the router that the reference implementation selects, for any path and routers', () => {
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

test('an undefined event reaches no router', () => {
  expect(servedBy(undefined as unknown as ApiEvent, ['/'])).toBe('ROUTE_UNKNOWN');
});
