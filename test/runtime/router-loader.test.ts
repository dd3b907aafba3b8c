import { rest } from './events';
import { contextOf, captureLog, bodyOf } from './support';
import { ChunkRecovery } from '../../lib/runtime/chunk-recovery';
import { createLazyApi } from '../../lib/runtime/lazy-api';
import { createRouterLoader } from '../../lib/runtime/router-loader';

const handler = async () => ({ statusCode: 200 });
const noRecovery: ChunkRecovery = {
  importRouter: async (_prefix, error) => { throw error; },
  findCulprits: async () => [],
};

test('concurrent first requests share one load, and the router is remembered', async () => {
  const load = jest.fn(async () => ({ handler }));
  const loadRouter = createRouterLoader(noRecovery);
  const route = { prefix: '/a', load };
  const routers = await Promise.all([loadRouter(route), loadRouter(route), loadRouter(route)]);
  await loadRouter(route);
  expect(load).toHaveBeenCalledTimes(1);
  expect(new Set(routers).size).toBe(1);
});

test('after a failure the plain import is not asked again, for Node remembers it', async () => {
  const load = jest.fn(async () => { throw new Error('boom'); });
  const importRouter = jest.fn().mockRejectedValueOnce(new Error('again')).mockResolvedValue({ handler });
  const loadRouter = createRouterLoader({ ...noRecovery, importRouter });
  const route = { prefix: '/a', load };
  await expect(loadRouter(route)).rejects.toThrow('again');
  await expect(loadRouter(route)).resolves.toEqual({ lambda: handler });
  await loadRouter(route);
  expect(load).toHaveBeenCalledTimes(1);
  expect(importRouter.mock.calls).toEqual([['/a', expect.objectContaining({ message: 'boom' })], ['/a', expect.objectContaining({ message: 'boom' })]]);
});

test('routers fail apart', async () => {
  const loadRouter = createRouterLoader(noRecovery);
  await expect(loadRouter({ prefix: '/a', load: async () => { throw new Error('boom'); } })).rejects.toThrow('boom');
  await expect(loadRouter({ prefix: '/b', load: async () => ({ handler }) })).resolves.toEqual({ lambda: handler });
});

describe('load', () => {
  const api = createLazyApi({
    routes: [
      { prefix: '/good', load: async () => ({ handler }) },
      { prefix: '/bad', load: async () => { throw new Error('boom'); } },
      { prefix: '/odd', load: async () => ({ other: 1 }) },
    ],
  });

  test('returns when the router can serve', async () => {
    await expect(api.load('/good')).resolves.toBeUndefined();
  });

  test.each([['/bad', 'ROUTER_LOAD_FAILED'], ['/odd', 'ROUTER_EXPORT'], ['/none', 'ROUTE_UNKNOWN']])('of %s rejects with %s', async (prefix, code) => {
    await expect(api.load(prefix)).rejects.toMatchObject({ code });
  });

  test('tells the cause', async () => {
    await expect(api.load('/bad')).rejects.toMatchObject({ fields: { router: '/bad' }, cause: { message: 'boom' } });
  });

  test('a router without a usable export answers 500', async () => {
    const lines = captureLog();
    expect(bodyOf(await api.handler(rest({ resource: '/odd' }), contextOf()))).toMatchObject({ code: 'ROUTER_EXPORT' });
    expect(lines).toMatchObject([{ code: 'ROUTER_EXPORT', router: '/odd', requestId: 'request-1' }]);
    jest.restoreAllMocks();
  });
});
