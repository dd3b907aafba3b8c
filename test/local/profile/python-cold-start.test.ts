/** Cold starts of functions with routers in Python, in Lambda's runtime client: lazy, without lazy loading, and of an empty function. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PYTHON_SHOP, synthesizePython } from './python-support';
import { PreloadPolicy } from '../../../lib';
import { PLAIN_ENDPOINT } from '../../../lib/contract/endpoint';
import { EMPTY_FUNCTION } from '../../../lib/languages/python/empty-function';
import { assetOf, projectOf } from '../../../lib/local/assembly/synthesized-api';
import { toLocalFunction } from '../../../lib/local/assembly/to-local-function';
import { readEndpoint } from '../../../lib/local/endpoint/read-endpoint';
import { ColdStart, FailedStart, measureColdStart } from '../../../lib/local/profile/cold-start';
import { overlay, temporaryDirectory } from '../../../lib/local/profile/overlay';
import { profiledRequests } from '../../../lib/local/profile/requests';
import { lambdaPythons } from '../../lambda-python';
import { python, RUNTIME } from '../../languages/python/python-project';

const SECONDS_TO_IMPORT = 0.3;
const SLOW = { 'shared/prices.py': `import time\n\ntime.sleep(${SECONDS_TO_IMPORT})\n` };

const api = synthesizePython({ ...PYTHON_SHOP, ...SLOW }, { preloadPolicy: PreloadPolicy.nothing() });
const { runtime, path: interpreter } = lambdaPythons.find((one) => one.runtime === RUNTIME) ?? lambdaPythons[0];

/** The first and further requests to /api/users, which imports the slow module. */
async function measured(directory: string): Promise<ColdStart> {
  const { fn } = toLocalFunction(api, {});
  const runnable = { fn: { ...fn, directory }, command: { command: interpreter, args: ['-m', 'awslambdaric', fn.handler], environment: {} } };
  const request = profiledRequests(api, []).find(({ prefix }) => prefix === '/api/users')!;
  const result = await measureColdStart(runnable, request.event, { endpoint: readEndpoint(api.template, api.description.function.logicalId) });
  if ('error' in result) throw new Error((result as FailedStart).error);
  return result;
}

const importMs = SECONDS_TO_IMPORT * 1000;

test(`the first request to a router waits for its imports (${runtime})`, async () => {
  const { initMs, loadMs, firstMs, warmMs, status } = await measured(assetOf(api));
  expect(status).toBe(200);
  expect(loadMs).toBeGreaterThanOrEqual(importMs);
  expect(firstMs).toBeGreaterThanOrEqual(loadMs!);
  expect(warmMs).toBeLessThan(importMs);
  expect(initMs).toBeGreaterThan(0);
});

test('without lazy loading, INIT imports all routers', async () => {
  const code = python(path.join(projectOf(api), 'backend'));
  const { directory, close } = overlay(assetOf(api), code.buildMonolith({ traits: PLAIN_ENDPOINT }, new Map()).files);
  const { initMs, loadMs, firstMs, status } = await measured(directory);
  close();
  expect({ status, loadMs }).toEqual({ status: 200, loadMs: 0 });
  expect(initMs).toBeGreaterThanOrEqual(importMs);
  expect(firstMs).toBeLessThan(importMs);
});

test('an empty function does nothing', async () => {
  const { directory, close } = temporaryDirectory([EMPTY_FUNCTION]);
  const { status, firstMs } = await measured(directory);
  close();
  expect(status).toBe(200);
  expect(firstMs).toBeLessThan(importMs);
  expect(fs.existsSync(directory)).toBe(false);
});
