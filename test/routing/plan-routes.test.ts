import * as fc from 'fast-check';
import { planRoutes, PlannedRoute, RouteClaim, RouteLimits } from '../../lib/routing/plan-routes';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';
import { isProblem, Problem } from '../../lib/routing/problem';

const HTTP: RouteLimits = { most: 300, unit: 'routes', oneVariableChild: false };
const REST: RouteLimits = { ...HTTP, oneVariableChild: true };

/** Parses `/users`, `/users =jwt` for another authorization, or `/users !` for separate settings. */
function claim(text: string): RouteClaim {
  const [prefix, mark] = text.split(' ');
  return { ...parsePrefix(prefix) as ParsedPrefix, authorization: mark?.startsWith('=') ? mark : 'iam', ownRoutes: mark === '!', cost: 1 };
}

const plan = (claims: readonly string[], limits = HTTP) => planRoutes(claims.map(claim), limits);

/** Renders routes as text: the path of each route, and for a greedy route also the routers behind it. */
const show = (routes: PlannedRoute[] | Problem) => (Array.isArray(routes) ? routes.map(({ path, prefixes, greedy }) => (greedy ? `${path} -> ${prefixes.join(' ')}` : path)) : routes.message);

const many = (count: number, extra: readonly string[] = []) => [...Array.from({ length: count }, (_, i) => `/api/v1/r${i}`), ...extra];

test.each([
  ['each prefix has two routes', HTTP, ['/users', '/'], ['/users', '/users/{proxy+}', '/', '/{proxy+}']],
  ['an HTTP API allows any number of variable children', HTTP, ['/clinics', '/clinics/{id}/beds'], ['/clinics', '/clinics/{proxy+}', '/clinics/{id}/beds', '/clinics/{id}/beds/{proxy+}']],
  ['a REST API allows one variable child, so the enclosing route serves both routers', REST, ['/clinics', '/clinics/{id}/beds', '/users'], [
    '/clinics', '/users', '/users/{proxy+}', '/clinics/{proxy+} -> /clinics /clinics/{id}/beds',
  ]],
  ['literal children keep their own routes, and can have another authorization', REST, ['/clinics', '/clinics/admin =jwt', '/clinics/{id}/beds'], [
    '/clinics', '/clinics/admin', '/clinics/admin/{proxy+}', '/clinics/{proxy+} -> /clinics /clinics/{id}/beds',
  ]],
  ['two parameters below the same path are two variable children', REST, ['/a/{x}/b', '/a/{y}/c'], ['/a/{proxy+} -> /a/{x}/b /a/{y}/c']],
  ['routers behind an enclosing route do not get enclosing routes', REST, ['/a', '/a/{x}', '/a/{x}/{y}', '/a/{x}/b'], ['/a', '/a/{proxy+} -> /a /a/{x} /a/{x}/{y} /a/{x}/b']],
  ['several prefixes can share one variable child', REST, ['/a/{x}/b', '/a/{x}/c', '/a/lit'], [
    '/a/{x}/b', '/a/{x}/b/{proxy+}', '/a/{x}/c', '/a/{x}/c/{proxy+}', '/a/lit', '/a/lit/{proxy+}',
  ]],
  ['a router at the root can have the enclosing route', REST, ['/', '/{tenant}/users', '/health'], ['/', '/health', '/health/{proxy+}', '/{proxy+} -> / /{tenant}/users']],
])('%s', (_, limits, claims, expected) => {
  expect(show(plan(claims, limits))).toEqual(expected);
});

test.each([
  ['authorizations', REST, ['/clinics', '/clinics/{id}/beds =jwt'], /^"\/clinics" and "\/clinics\/\{id\}\/beds" need two variable children below "\/clinics".*different authorizations.*ApiEndpoint\.http$/],
  ['settings', REST, ['/clinics', '/clinics/{id}/beds !'], /"\/clinics\/\{id\}\/beds" has separate settings/],
  ['authorizations, above the limit of routes,', HTTP, many(200, ['/health =none']), /^201 routers need 402 routes, but at most 300 are allowed; .*"\/api\/v1\/r0" and "\/health" have different authorizations.*divide them into several APIs$/],
  ['settings, above the limit of routes,', HTTP, many(200, ['/health !']), /"\/health" has separate settings/],
])('routers with different %s do not share a route', (_, limits, claims, message) => {
  expect(show(plan(claims, limits))).toMatch(message);
});

test.each([
  [150, [], 300],
  [151, [], 1],
  [200, [], 1],
])('%p routers with the same authorization have two routes each, or share a greedy route above the limit', (count, extra, expected) => {
  expect(show(plan(many(count, extra)))).toHaveLength(expected);
});

test.each([
  ['the common base path', many(200), ['/api/v1/{proxy+}']],
  ['a router at the base', many(200, ['/api/v1']), ['/api/v1', '/api/v1/{proxy+}']],
  ['nothing in common', many(200, ['/health']), ['/{proxy+}']],
  ['a router at the root', many(200, ['/']), ['/', '/{proxy+}']],
  ['a parameter as the first segment', many(200).map((path) => `/{tenant}${path}`), ['/{proxy+}']],
])('the greedy route lies below the segments that all prefixes have in common: %s', (_, claims, expected) => {
  expect((plan(claims) as PlannedRoute[]).map(({ path }) => path)).toEqual(expected);
});

const segment = fc.constantFrom('a', 'b', '{x}', '{y}');
const claims = fc.uniqueArray(
  fc.tuple(fc.uniqueArray(segment, { maxLength: 3 }), fc.constantFrom('', ' =jwt')).map(([path, mark]) => `/${path.join('/')}${mark}`),
  { minLength: 1, maxLength: 8, selector: (text) => text.split(' ')[0] },
);

test('for any prefixes, every router has a route with its own authorization, and no REST resource has two variable children', () => {
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
