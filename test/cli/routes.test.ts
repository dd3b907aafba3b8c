import { Stack } from 'aws-cdk-lib';
import { lazyApi, synth } from './support';
import { ApiAuthorization, ApiEndpoint } from '../../lib';
import { newApi, newApp, routersOf } from '../support/app';
import { handlerSource } from '../support/project';

const ROUTERS = { 'src/routers/users.ts': handlerSource('users'), 'src/routers/orders.ts': handlerSource('orders') };

function appWith(endpoint?: ApiEndpoint): string {
  const assembly = newApp();
  newApi({ routers: routersOf(ROUTERS), endpoint }, new Stack(assembly, 'Shop'));
  return synth(assembly);
}

const match = (app: string, ...args: string[]) => {
  const { code, stdout } = lazyApi(['routes', '--app', app, '--json', '--match', ...args]);
  return { code, ...JSON.parse(stdout) as object };
};

test('routes are listed with their routers and their authorization', () => {
  const { code, stdout } = lazyApi(['routes', '--app', appWith()]);
  expect(code).toBe(0);
  expect(stdout).toBe(`\
METHOD  PATH                  ROUTER       AUTHORIZATION
ANY     /api/orders           /api/orders  iam
ANY     /api/orders/{proxy+}  /api/orders  iam
ANY     /api/users            /api/users   iam
ANY     /api/users/{proxy+}   /api/users   iam
`);
});

test('routes are listed as JSON', () => {
  const { stdout } = lazyApi(['routes', '--app', appWith(), '--json']);
  expect(JSON.parse(stdout)).toEqual({
    construct: 'Shop/Api',
    stack: 'Shop',
    endpoint: { kind: 'http-api', payload: '2.0', stage: '$default', streaming: false },
    routes: expect.arrayContaining([{ method: 'ANY', path: '/api/users/{proxy+}', routers: ['/api/users'], authorization: 'iam' }]) as unknown,
  });
});

test('--match shows the router of a URL, and why', () => {
  const app = appWith();
  expect(match(app, '/api/users/7?x=1')).toEqual({
    code: 0,
    method: 'GET',
    target: '/api/users/7?x=1',
    route: { method: 'ANY', path: '/api/users/{proxy+}' },
    parameters: { proxy: '7' },
    authorization: 'iam',
    router: { prefix: '/api/users', entry: 'src/routers/users.ts', file: 'routers/users.mjs' },
    reason: 'the route belongs to this router alone',
  });
  const { stdout } = lazyApi(['routes', '--app', app, '--match', 'https://example.com/api/users/7']);
  expect(stdout).toContain('router         /api/users (src/routers/users.ts, routers/users.mjs)\nroute          ANY /api/users/{proxy+}\nwith           proxy = 7\n');
});

test('--match fails for a URL that reaches no router, and says how the API responds', () => {
  const app = appWith();
  expect(match(app, '/api/users2')).toMatchObject({ code: 1, router: null, route: null, reason: 'no route matches: the API itself responds with 404' });
  expect(lazyApi(['routes', '--app', app, '--match', '/api/users2']).stdout).toContain('router         none');
});

test('a path of a REST API can start with its stage', () => {
  const app = appWith(ApiEndpoint.rest({ authorization: ApiAuthorization.none() }));
  const url = 'https://abc.execute-api.eu-central-1.amazonaws.com/prod/api/orders';
  expect(match(app, url, '--method', 'post')).toMatchObject({ code: 0, method: 'POST', target: '/prod/api/orders', router: { prefix: '/api/orders' }, authorization: 'none' });
  expect(match(app, '/prod/api/orders')).toMatchObject({ code: 0, router: { prefix: '/api/orders' } });
  expect(match(app, '/api/orders')).toMatchObject({ code: 0, router: { prefix: '/api/orders' } });
});

test('a REST API responds to unknown paths as its template declares', () => {
  expect(match(appWith(ApiEndpoint.rest()), '/other')).toMatchObject({ code: 1, reason: 'no route matches: the API itself responds with 404' });
});

test('behind a function URL, the path determines the router', () => {
  const app = appWith(ApiEndpoint.functionUrl({ authorization: ApiAuthorization.none() }));
  expect(match(app, '/api/orders/1')).toMatchObject({ code: 0, route: null, router: { prefix: '/api/orders' }, reason: 'a function URL passes on every request, so the path determines the router' });
  expect(lazyApi(['routes', '--app', app]).stdout).toContain('ANY     /api/orders');
});

test('--method without --match is an error', () => {
  expect(lazyApi(['routes', '--method', 'GET'])).toMatchObject({ code: 2, stderr: 'error: --method needs --match URL\nSee: lazy-api routes --help\n' });
});
