import { authorizationsOf, restTemplate } from './support';
import { ApiAuthorization, ApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { createDispatcher } from '../../../lib/runtime/dispatch/dispatcher';
import { CodedError } from '../../../lib/runtime/failures/coded-error';
import { rest } from '../../runtime/events';
import { traitsOf } from '../support';

/**
 * These tests follow requests from the template to the router. API Gateway passes the full path of the matched method as `event.resource`. For each
 * of these paths, the dispatcher of the runtime must find the router that the authorization of the method was declared for.
 */
interface Api {
  /** The authorization type of each resource path. */
  readonly resources: ReadonlyMap<string, string>;
  /** Returns the prefix of the router that serves the request, or the code of the error. */
  serve(path: string, resource: string): string;
  /** Returns the authorization that was declared for a router. */
  authorizationOf(prefix: string): string;
}

function deploy(prefixes: string[], open: readonly string[] = []): Api {
  const options: RestApiEndpointOptions = { routes: Object.fromEntries(open.map((prefix) => [prefix, { authorization: ApiAuthorization.none() }])) };
  const routes = Object.entries(authorizationsOf(restTemplate(options, prefixes)));
  const { greedyRoutes } = traitsOf(ApiEndpoint.rest(options), prefixes);
  const table = prefixes.map((prefix) => ({ prefix, isReady: true, load: async () => ({}) }));
  const dispatch = createDispatcher(table, greedyRoutes);
  return {
    resources: new Map(routes.map(([route, authorization]) => [route.replace('ANY ', ''), authorization])),
    serve(path, resource) {
      try {
        return dispatch(rest({ path, resource })).router.prefix;
      } catch (error) {
        if (error instanceof CodedError) return error.code;
        throw error;
      }
    },
    authorizationOf: (prefix) => (open.includes(prefix) ? 'NONE' : 'AWS_IAM'),
  };
}

/** Finds the resource that API Gateway matches: in each segment, a literal takes precedence over a parameter, and a parameter over `{proxy+}`. */
function matchResource(path: string, resources: Iterable<string>): string | undefined {
  const segments = path.split('/').slice(1);
  const rank = (part: string) => (part.endsWith('+}') ? 0 : part.startsWith('{') ? 1 : 2);
  const fits = (parts: readonly string[]) => parts.every((part, i) => (rank(part) < 2 ? Boolean(segments[i]) : part === segments[i]))
    && (parts.length === segments.length || (parts.length < segments.length && rank(parts[parts.length - 1]) === 0));
  return [...resources].map((resource) => resource.split('/').slice(1)).filter(fits)
    .sort((a, b) => b.map(rank).join('').localeCompare(a.map(rank).join('')))
    .map((parts) => `/${parts.join('/')}`)[0];
}

const HOSTILE_PATHS = [
  '/clinics', '/clinics/7', '/clinics/admin', '/clinics/admin/7', '/clinics/%61dmin', '/clinics/%61dmin/7', '/clinics/admin%2F7', '/clinics/7/beds', '/clinics/7/beds/3',
  '/clinics/admin/beds', '/clinics/7/..%2Fadmin', '/clinics/../clinics/admin', '/clinics/%2e%2e/admin', '/clinics//admin', '/clinics/7//beds', '/clinics/7%2Fbeds',
  '/clinics/7/beds/../../admin', '/CLINICS/admin', '/health', '/health/', '/health%2F..%2Fclinics', '/health/../clinics/admin', '/', '//clinics', '/unknown',
];

const APIS: ReadonlyArray<readonly [name: string, prefixes: string[], open: string[]]> = [
  ['routers with two routes each', ['/health', '/clinics', '/clinics/admin'], []],
  ['routers with different authorizations', ['/health', '/clinics', '/clinics/admin'], ['/health', '/clinics']],
  ['a router at the root', ['/', '/clinics', '/health'], ['/', '/health']],
  ['parameters within parameters', ['/', '/clinics/{id}', '/clinics/{id}/beds/{bed}', '/clinics/{id}/beds/{bed}/lamps'], ['/']],
  ['a parameter in the middle', ['/clinics/{id}/beds', '/clinics/{id}/wards', '/health'], ['/clinics/{id}/beds']],
  ['one variable child', ['/clinics', '/clinics/{id}/beds', '/clinics/admin'], ['/clinics/admin']],
  ['one variable child, public', ['/clinics', '/clinics/{id}/beds', '/clinics/admin'], ['/clinics', '/clinics/{id}/beds']],
];

function servesItsAuthorization(prefixes: string[], open: readonly string[]): void {
  const api = deploy(prefixes, open);
  expect(api.resources.size).toBeGreaterThan(0);
  const served = new Set<string>();
  for (const [resource, authorization] of api.resources) {
    for (const path of [...HOSTILE_PATHS, resource.replace(/\{proxy\+\}/, 'x/y').replace(/\{\w+\}/g, '7')]) {
      const router = api.serve(path, resource);
      // A refusal is safe. A router that serves the request must have the authorization of the resource.
      if (router.startsWith('/')) expect([resource, path, router, api.authorizationOf(router)]).toEqual([resource, path, router, authorization]);
      if (matchResource(path, api.resources.keys()) === resource && router.startsWith('/')) served.add(router);
    }
  }
  expect([...served].sort()).toEqual([...prefixes].sort());
}

describe('no path reaches a router through another router\'s authorization, and every router is reachable', () => {
  test.each(APIS)('%s', (_, prefixes, open) => servesItsAuthorization(prefixes, open));
});

test('each resource is served by the router that declared it', () => {
  const api = deploy(['/health', '/clinics']);
  expect([...api.resources.keys()].map((resource) => [resource, api.serve('/anything', resource)])).toEqual([
    ['/clinics', '/clinics'], ['/clinics/{proxy+}', '/clinics'], ['/health', '/health'], ['/health/{proxy+}', '/health'],
  ]);
});

test('for an enclosing route, the dispatcher selects the router by path', () => {
  const api = deploy(['/clinics', '/clinics/{id}/beds', '/clinics/admin']);
  const beyond = (path: string) => api.serve(path, '/clinics/{proxy+}');
  expect([beyond('/clinics/7'), beyond('/clinics/7/beds/3'), beyond('/clinics/admin/beds/3')]).toEqual(['/clinics', '/clinics/{id}/beds', '/clinics/{id}/beds']);
});

test('the test matches resources like API Gateway', () => {
  expect(matchResource('/clinics/admin/7', ['/clinics/{proxy+}', '/clinics/admin/{proxy+}'])).toBe('/clinics/admin/{proxy+}');
  expect(matchResource('/clinics/%61dmin/7', ['/clinics/{proxy+}', '/clinics/admin/{proxy+}'])).toBe('/clinics/{proxy+}');
  expect(matchResource('/unknown', ['/clinics'])).toBeUndefined();
});
