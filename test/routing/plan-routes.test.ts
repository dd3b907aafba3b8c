import * as fc from 'fast-check';
import { planRoutes, PlannedRoute, RouteClaim, RouteLimits } from '../../lib/routing/plan-routes';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';
import { isProblem, Problem } from '../../lib/routing/problem';

const HTTP: RouteLimits = { most: 300, unit: 'routes', oneVariableChild: false };
const REST: RouteLimits = { ...HTTP, oneVariableChild: true };

/** `/users`, or `/users =jwt` for another authorization, or `/users !` for settings of its own. */
function claim(text: string): RouteClaim {
  const [prefix, mark] = text.split(' ');
  return { ...parsePrefix(prefix) as ParsedPrefix, authorization: mark?.startsWith('=') ? mark : 'iam', ownRoutes: mark === '!', cost: 1 };
}

const plan = (claims: readonly string[], limits = HTTP) => planRoutes(claims.map(claim), limits);

/** A route as text: its path, and for a greedy one the routers behind it. */
const show = (routes: PlannedRoute[] | Problem) => (Array.isArray(routes) ? routes.map(({ path, prefixes, greedy }) => (greedy ? `${path} -> ${prefixes.join(' ')}` : path)) : routes.message);

const many = (count: number, extra: readonly string[] = []) => [...Array.from({ length: count }, (_, i) => `/api/v1/r${i}`), ...extra];

test.each([
  ['a pair for each prefix', HTTP, ['/users', '/'], ['/users', '/users/{proxy+}', '/', '/{proxy+}']],
  ['an HTTP API has variable children as many as it likes', HTTP, ['/clinics', '/clinics/{id}/beds'], ['/clinics', '/clinics/{proxy+}', '/clinics/{id}/beds', '/clinics/{id}/beds/{proxy+}']],
  ['a REST API one, so the enclosing route serves both', REST, ['/clinics', '/clinics/{id}/beds', '/users'], [
    '/clinics', '/users', '/users/{proxy+}', '/clinics/{proxy+} -> /clinics /clinics/{id}/beds',
  ]],
  ['literal children stay apart, with another authorization too', REST, ['/clinics', '/clinics/admin =jwt', '/clinics/{id}/beds'], [
    '/clinics', '/clinics/admin', '/clinics/admin/{proxy+}', '/clinics/{proxy+} -> /clinics /clinics/{id}/beds',
  ]],
  ['two parameters at one place are two variable children', REST, ['/a/{x}/b', '/a/{y}/c'], ['/a/{proxy+} -> /a/{x}/b /a/{y}/c']],
  ['what is absorbed absorbs nothing', REST, ['/a', '/a/{x}', '/a/{x}/{y}', '/a/{x}/b'], ['/a', '/a/{proxy+} -> /a /a/{x} /a/{x}/{y} /a/{x}/b']],
  ['one variable child is fine', REST, ['/a/{x}/b', '/a/{x}/c', '/a/lit'], [
    '/a/{x}/b', '/a/{x}/b/{proxy+}', '/a/{x}/c', '/a/{x}/c/{proxy+}', '/a/lit', '/a/lit/{proxy+}',
  ]],
  ['a router at the root', REST, ['/', '/{tenant}/users', '/health'], ['/', '/health', '/health/{proxy+}', '/{proxy+} -> / /{tenant}/users']],
])('%s', (_, limits, claims, expected) => {
  expect(show(plan(claims, limits))).toEqual(expected);
});

test.each([
  ['authorizations', REST, ['/clinics', '/clinics/{id}/beds =jwt'], /^"\/clinics" and "\/clinics\/\{id\}\/beds" need two variable children below "\/clinics".*different authorizations.*ApiEndpoint\.http$/],
  ['settings of its own', REST, ['/clinics', '/clinics/{id}/beds !'], /"\/clinics\/\{id\}\/beds" has separate settings/],
  ['too many, authorizations', HTTP, many(200, ['/health =none']), /^201 routers need 402 routes, but at most 300 are allowed; .*"\/api\/v1\/r0" and "\/health" have different authorizations.*divide them into several APIs$/],
  ['too many, settings', HTTP, many(200, ['/health !']), /"\/health" has separate settings/],
])('routers of unequal %s share no route', (_, limits, claims, message) => {
  expect(show(plan(claims, limits))).toMatch(message);
});

test.each([
  [150, [], 300],
  [151, [], 1],
  [200, [], 1],
])('%p routers of equal authorization: a pair each as long as they fit, then one greedy route', (count, extra, expected) => {
  expect(show(plan(many(count, extra)))).toHaveLength(expected);
});

test.each([
  ['the common base path', many(200), ['/api/v1/{proxy+}']],
  ['a router at the base', many(200, ['/api/v1']), ['/api/v1', '/api/v1/{proxy+}']],
  ['nothing in common', many(200, ['/health']), ['/{proxy+}']],
  ['a router at the root', many(200, ['/']), ['/', '/{proxy+}']],
  ['no parameter', many(200).map((path) => `/{tenant}${path}`), ['/{proxy+}']],
])('the greedy route lies below what all prefixes begin with: %s', (_, claims, expected) => {
  expect((plan(claims) as PlannedRoute[]).map(({ path }) => path)).toEqual(expected);
});

const segment = fc.constantFrom('a', 'b', '{x}', '{y}');
const claims = fc.uniqueArray(
  fc.tuple(fc.uniqueArray(segment, { maxLength: 3 }), fc.constantFrom('', ' =jwt')).map(([path, mark]) => `/${path.join('/')}${mark}`),
  { minLength: 1, maxLength: 8, selector: (text) => text.split(' ')[0] },
);

test('whatever the prefixes: every router has a route, of its own authorization, and no REST resource has two variable children', () => {
  fc.assert(fc.property(claims, (texts) => {
    const all = texts.map(claim);
    const routes = planRoutes(all, REST);
    if (!Array.isArray(routes)) return isProblem(routes) && new Set(all.map(({ authorization }) => authorization)).size > 1;
    const authorizations = new Map(all.map(({ prefix, authorization }) => [prefix, authorization]));
    const served = new Set(routes.flatMap(({ prefixes }) => prefixes));
    const uniform = routes.every(({ prefixes }) => new Set(prefixes.map((prefix) => authorizations.get(prefix))).size === 1);
    const variables = new Map<string, Set<string>>();
    for (const { path } of routes) {
      path.split('/').forEach((part, i, parts) => {
        if (!part.startsWith('{')) return;
        const parent = parts.slice(0, i).join('/');
        variables.set(parent, (variables.get(parent) ?? new Set()).add(part));
      });
    }
    const paths = routes.map(({ path }) => path);
    return served.size === all.length && uniform && new Set(paths).size === paths.length && [...variables.values()].every(({ size }) => size === 1);
  }), { numRuns: 2000 });
});
