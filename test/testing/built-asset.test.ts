import { relative } from 'node:path';
import { ApiEndpoint, LazyApiFunctionProps, Routers } from '../../lib';
import { createTestApi, TestApi } from '../../lib/testing';
import { lambdaNodes } from '../lambda-node';
import { newApi } from '../support/app';
import { project } from '../support/project';

const root = project({
  'src/echo.ts': `
    import { getParameter, getSecret } from 'cdk-lazy-api/runtime';
    export const handler = async (event: any, context: any) => {
      if (event.rawPath === '/echo/crash' || event.path === '/echo/crash') process.exit(1);
      const { user } = await getSecret<{ user: string }>('DB');
      return { statusCode: 201, headers: { stage: String(process.env.STAGE) }, body: JSON.stringify([event.body, user, await getParameter('FLAGS', { refresh: true }), context.functionName]) };
    };`,
  'src/page.ts': 'export default { fetch: async (request: Request) => new Response(`page ${new URL(request.url).pathname}`) };',
});
const written: string[] = [];
const routers = Routers.fromMap({ '/echo': { entry: `${root}/src/echo.ts` }, '/page': { entry: `${root}/src/page.ts` } });
const construct = (props: Partial<LazyApiFunctionProps> = {}) => newApi({ routers, ...props });

const open: TestApi[] = [];
function create(endpoint?: ApiEndpoint, node = lambdaNodes[0].path): TestApi {
  const api = createTestApi({
    asset: construct({ endpoint }), node, environment: { STAGE: 'test' }, secrets: { DB: { user: 'ada' } }, parameters: { FLAGS: 'a,b' },
  });
  open.push(api);
  return api;
}

beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
});
afterEach(() => Promise.all(open.splice(0).map((api) => api.close())));

const NODES = [...lambdaNodes.map(({ runtime, path }) => [runtime, path]), ['the Node.js of the test', process.execPath]];

test.each(NODES)('a built asset runs under Lambda\'s runtime client on %s', async (_, node) => {
  const api = create(undefined, node);
  const response = await api.request('POST /echo/7', { body: { a: 1 } });
  expect([response.status, response.headers.get('stage'), await response.json()]).toEqual([201, 'test', ['{"a":1}', 'ada', 'a,b', 'api']]);
  expect(await (await api.request('GET /page/x')).text()).toBe('page /x');
  expect((await api.request('GET /nowhere')).status).toBe(404);
}, 60_000);

test('the path of an asset can be relative', async () => {
  const api = createTestApi({ asset: relative(process.cwd(), construct().assetPath!), node: lambdaNodes[0].path });
  open.push(api);
  expect(await (await api.request('GET /page/x')).text()).toBe('page /x');
}, 60_000);

test('the endpoint comes from the construct: a REST API streams its response', async () => {
  const api = create(ApiEndpoint.rest({ streaming: true }));
  expect(await (await api.request('GET /page/x')).text()).toBe('page /x');
  expect((await api.request('GET /nowhere')).status).toBe(404);
  const event = { httpMethod: 'GET', resource: '/page', path: '/page', headers: {}, multiValueHeaders: {}, requestContext: { stage: 'prod' } };
  expect(await api.invoke(event)).toMatchObject({ statusCode: 200, body: 'page /' });
}, 60_000);

test('after a crash, the endpoint responds with 502, stderr says why, and the next request gets a new environment', async () => {
  const api = create(ApiEndpoint.functionUrl());
  expect((await api.request('GET /echo/crash')).status).toBe(502);
  expect(written.join('')).toContain('Runtime.ExitError: Runtime exited with error: exit status 1');
  expect((await api.request('GET /echo')).status).toBe(201);
}, 60_000);

test('an asset can be given by its path, and invoke rejects if the invocation fails', async () => {
  const api = createTestApi({ asset: construct().assetPath!, node: lambdaNodes[0].path });
  open.push(api);
  const { body } = await api.invoke({ version: '2.0', routeKey: 'ANY /page', rawPath: '/page', headers: {}, requestContext: { http: { method: 'GET' }, stage: '$default' } });
  expect(body).toBe('page /');
  await expect(api.invoke({ version: '2.0', routeKey: 'ANY /echo', rawPath: '/echo/crash', headers: {}, requestContext: {} })).rejects.toMatchObject({ name: 'Runtime.ExitError' });
}, 60_000);
