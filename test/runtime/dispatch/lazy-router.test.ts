import { createLazyRouter, LoadListener, LoadRecovery } from '../../../lib/runtime/dispatch/lazy-router';
import { createLazyApi } from '../../../lib/runtime/lazy-api';
import { parts, recorder } from '../support';

const handler = async () => ({ statusCode: 200 });
const boom = async () => { throw new Error('boom'); };
const noRecovery: LoadRecovery = async () => ({ importRouter: async (_prefix, error) => { throw error; } });
const noListener: LoadListener = async () => ({ toRouter: async () => { throw new Error('no router'); } });

test('concurrent first requests share one load, and the router is kept', async () => {
  const load = jest.fn(async () => ({ handler }));
  const router = createLazyRouter({ prefix: '/a', load }, noRecovery, noListener);
  const routers = await Promise.all([router.load(), router.load(), router.load()]);
  await router.load();
  expect(load).toHaveBeenCalledTimes(1);
  expect(new Set(routers).size).toBe(1);
});

test('after a failure, the plain import is not repeated, because Node.js caches the failure', async () => {
  const load = jest.fn(boom);
  const importRouter = jest.fn().mockRejectedValueOnce(new Error('again')).mockResolvedValue({ handler });
  const router = createLazyRouter({ prefix: '/a', load }, async () => ({ importRouter }), noListener);
  await expect(router.load()).rejects.toThrow('again');
  await expect(router.load()).resolves.toEqual({ lambda: handler });
  await router.load();
  expect(load).toHaveBeenCalledTimes(1);
  expect(importRouter.mock.calls).toEqual([['/a', expect.objectContaining({ message: 'boom' })], ['/a', expect.objectContaining({ message: 'boom' })]]);
});

test('a router that fails does not affect others', async () => {
  await expect(createLazyRouter({ prefix: '/a', load: boom }, noRecovery, noListener).load()).rejects.toThrow('boom');
  await expect(createLazyRouter({ prefix: '/b', load: async () => ({ handler }) }, noRecovery, noListener).load()).resolves.toEqual({ lambda: handler });
});

test('without recovery, each request reports the failure of the plain import and tries recovery again', async () => {
  const loadRecovery = jest.fn<ReturnType<LoadRecovery>, []>().mockRejectedValueOnce(new Error('no recovery')).mockImplementation(noRecovery);
  const router = createLazyRouter({ prefix: '/a', load: boom }, loadRecovery, noListener);
  await expect(router.load()).rejects.toMatchObject({ code: 'ROUTER_LOAD_FAILED', fields: { router: '/a' }, cause: { message: 'boom' } });
  await expect(router.load()).rejects.toThrow('boom');
  expect(loadRecovery).toHaveBeenCalledTimes(2);
});

describe('load', () => {
  const api = createLazyApi({
    routes: [
      { prefix: '/good', load: async () => ({ handler }) },
      { prefix: '/app', load: async () => ({ default: recorder() }) },
      { prefix: '/bad', load: boom },
      { prefix: '/odd', load: async () => ({ other: 1 }) },
    ],
  }, {}, parts);

  test.each([['/good', 'lambda'], ['/app', 'fetch']])('of %s returns a router that is called as %s', async (prefix, kind) => {
    expect(Object.keys(await api.load(prefix))).toEqual([kind]);
  });

  test.each([['/bad', 'ROUTER_LOAD_FAILED'], ['/odd', 'ROUTER_EXPORT']])('of %s rejects with %s', async (prefix, code) => {
    await expect(api.load(prefix)).rejects.toMatchObject({ code });
  });

  test('rejects with the cause', async () => {
    await expect(api.load('/bad')).rejects.toMatchObject({ fields: { router: '/bad' }, cause: { message: 'boom' } });
  });
});
