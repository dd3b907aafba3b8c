import { getParameter, getSecret, getSecretString } from '../../lib/runtime';
import { createTestApi, TestApiOptions } from '../../lib/testing';

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });
afterEach(() => { delete process.env.STAGE; });

const withStage = (STAGE: string): TestApiOptions => ({ routers: { '/': () => ({ handler: async () => `${process.env.STAGE}` }) }, environment: { STAGE } });

test('routers read secrets and parameters by their names', async () => {
  const before = { ...process.env };
  const read = async () => `${(await getSecret<{ user: string }>('DB')).user} ${await getSecretString('TOKEN')} ${await getParameter('FLAGS')}`;
  const api = createTestApi({ routers: { '/': () => ({ handler: read }) }, secrets: { DB: { user: 'ada' }, TOKEN: 'x' }, parameters: { FLAGS: 'a,b' } });
  expect(await (await api.request('GET /')).text()).toBe('ada x a,b');
  await api.close();
  expect(process.env).toEqual(before);
});

test('a variable is set before a router is loaded, and restored when the test API is closed', async () => {
  process.env.STAGE = 'before';
  let seen: string | undefined;
  const api = createTestApi({
    environment: { STAGE: 'test', ONLY_HERE: '1' }, routers: {
      '/': () => {
        seen = process.env.STAGE;
        return { handler: async () => 'ok' };
      },
    },
  });
  await api.request('GET /');
  await api.close();
  await api.close();
  expect([seen, process.env.STAGE, 'ONLY_HERE' in process.env]).toEqual(['test', 'before', false]);
});

test.each([[[0, 1]], [[1, 0]]])('test APIs can be closed in the order %j', async (order) => {
  process.env.STAGE = 'before';
  const apis = [createTestApi(withStage('first')), createTestApi(withStage('second'))];
  expect(await (await apis[1].request('GET /')).text()).toBe('second');
  await apis[order[0]].close();
  expect(process.env.STAGE).toBe(order[0] === 0 ? 'second' : 'first');
  await apis[order[1]].close();
  expect(process.env.STAGE).toBe('before');
});

test('createTestApi with invalid options sets no variables', () => {
  expect(() => createTestApi({ ...withStage('x'), routers: { nonsense: () => ({}) } })).toThrow('must start with "/"');
  expect(process.env.STAGE).toBeUndefined();
});

test('an error does not show the value of a variable', () => {
  expect(() => createTestApi({ ...withStage('x'), environment: { KEY: ['hidden'] as unknown as string } })).toThrow(/environment\["KEY"\] must be a string, got (?!.*hidden)/);
});
