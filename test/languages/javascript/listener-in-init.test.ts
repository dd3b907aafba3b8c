/**
 * These tests check what INIT loads for routers that are listeners.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { PreloadPolicy, Verify } from '../../../lib';
import { lambdaNodes } from '../../lambda-node';
import { assetOf, newApi, routersOf } from '../../support/app';
import { handlerSource } from '../../support/project';

const ASK = `const event = { version: '2.0', routeKey: 'ANY /api/node', rawPath: '/api/node', headers: {}, requestContext: { http: { method: 'GET' } } };
const { statusCode } = await handler(event, { awsRequestId: 'x', getRemainingTimeInMillis: () => 1000 });`;

test.each(lambdaNodes)('a request to a listener loads no built-in modules, on $runtime', ({ path: node }) => {
  const routers = routersOf({
    'src/routers/node.ts': 'export const listener = (request: any, response: any) => response.end("hello");',
    'src/routers/users.ts': handlerSource('users'),
  });
  const asset = assetOf(newApi({ routers, verify: Verify.atSynth(), preloadPolicy: PreloadPolicy.nothing(), memorySize: 1024 }));
  const script = `const { handler } = await import(${JSON.stringify(path.join(asset, 'index.mjs'))}); const before = new Set(process.moduleLoadList);
${ASK} console.log(JSON.stringify([statusCode, process.moduleLoadList.filter((name) => !before.has(name) && name.startsWith('NativeModule '))]));`;
  const said = execFileSync(node, ['--input-type=module', '-e', script], { encoding: 'utf8', env: {} }).trim().split('\n').pop()!;
  expect(JSON.parse(said)).toEqual([200, []]);
});

test('INIT does not load the code for listeners if no router is a listener', () => {
  const api = newApi({ routers: routersOf({ 'src/routers/users.ts': handlerSource('users') }), verify: Verify.atSynth() });
  const index = path.join(assetOf(api), 'index.mjs');
  expect(fs.readFileSync(index, 'utf8')).not.toContain('listener');
});
