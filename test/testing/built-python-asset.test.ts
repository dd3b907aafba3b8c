import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { LazyPythonApiFunction, PythonRouters } from '../../lib';
import { createTestApi } from '../../lib/testing';
import { handler, OTHER, OWN, PYTHON, pythonProject, RUNTIME } from '../local/python/support';
import { newApp } from '../support/app';

const FILES = { 'api/users.py': handler('TEXT + event["body"] + get_secret("DB")["user"] + os.environ["STAGE"]', 'import os', 'from greeting import TEXT', 'from lazy_api import get_secret') };

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));

test('the built asset of a function in Python runs in a test', async () => {
  const { root } = pythonProject(FILES);
  const construct = new LazyPythonApiFunction(new Stack(newApp(), 'Shop'), 'Api', {
    entry: root, routers: PythonRouters.fromMap({ '/users': 'api.users:router' }), runtime: RUNTIME, architecture: OWN,
  });
  const api = createTestApi({ asset: construct, secrets: { DB: { user: 'ada' } }, environment: { STAGE: 'test' }, python: path.relative('', PYTHON.path) });
  try {
    const response = await api.request('POST /users', { body: ' and ' });
    expect([response.status, await response.text()]).toEqual([200, 'hello and adatest']);
  } finally {
    await api.close();
  }
}, 60_000);

test('after synthesis, a function for another architecture uses the packages for this machine', async () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { root } = pythonProject();
  const app = newApp();
  const construct = new LazyPythonApiFunction(new Stack(app, 'Shop'), 'Api', {
    entry: root, routers: PythonRouters.fromMap({ '/users': 'api.users:router' }), runtime: RUNTIME, architecture: OTHER,
  });
  app.synth();
  const api = createTestApi({ asset: construct.assetPath! });
  try {
    expect(await (await api.request('GET /users')).text()).toBe('hello first');
    expect(stderr).toHaveBeenCalledWith(expect.stringContaining('note: the packages in the asset are for'));
  } finally {
    await api.close();
  }
}, 60_000);
