import { PLAIN_ENDPOINT } from '../../../lib/contract/endpoint';
import { renderIndex, renderMain, renderMonolith } from '../../../lib/languages/javascript/entry-source';

test.each([
  ['no router', [], []],
  ['a router', [{ prefix: '/users', entry: 'src/users.ts', stripPrefix: true }], [
    '    { prefix: "/users", load: () => import("./src/users.ts") },',
  ]],
  ['a router that receives the full path', [{ prefix: '/', entry: 'app.mjs', stripPrefix: false }], [
    '    { prefix: "/", load: () => import("./app.mjs"), stripPrefix: false },',
  ]],
  ['names that need quoting', [{ prefix: '/it\'s/{id}', entry: 'src/it\'s "here".ts', stripPrefix: true }], [
    '    { prefix: "/it\'s/{id}", load: () => import("./src/it\'s \\"here\\".ts") },',
  ]],
])('the main module imports every router lazily: %s', (_, routes, rows) => {
  expect(renderMain(routes, { traits: PLAIN_ENDPOINT })).toBe([
    'import { createLazyApi } from "cdk-lazy-api/runtime/entry";',
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    ...rows,
    '  ],',
    '});',
    '',
  ].join('\n'));
});

test('the main module contains the traits of the endpoint', () => {
  const routes = [{ prefix: '/a', entry: 'a.ts', stripPrefix: true }, { prefix: '/b', entry: 'b.ts', stripPrefix: false }];
  const cors = { allowOrigins: ['https://app.example.com'], allowCredentials: true, exposeHeaders: [] };
  expect(renderMain(routes, { traits: { greedyRoutes: { '/{proxy+}': ['/a', '/b'] }, authorizedPrefixes: ['/b'], preflight: { allowOrigins: ['*'], headers: {} }, streaming: true, binaryBodies: true, cors } })).toBe([
    'import { createLazyApi } from "cdk-lazy-api/runtime/entry";',
    'import { preflight } from "cdk-lazy-api/runtime/preflight";',
    'import { checkAuthorizer } from "cdk-lazy-api/runtime/authorizer";',
    'import { streaming } from "cdk-lazy-api/runtime/streaming";',
    'import { decodeTextBody } from "cdk-lazy-api/runtime/rest";',
    'import { addCorsHeaders } from "cdk-lazy-api/runtime/rest";',
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    '    { prefix: "/a", load: () => import("./a.ts") },',
    '    { prefix: "/b", load: () => import("./b.ts"), stripPrefix: false, authorized: true },',
    '  ],',
    '  greedyRoutes: {"/{proxy+}":["/a","/b"]},',
    '}, { preflight: preflight({"allowOrigins":["*"],"headers":{}}), checkAuthorizer, streaming, prepare: decodeTextBody, finish: addCorsHeaders({"allowOrigins":["https://app.example.com"],"allowCredentials":true,"exposeHeaders":[]}) });',
    '',
  ].join('\n'));
});

test('the monolith imports every router statically, and dispatches in the same way', () => {
  const routes = [{ prefix: '/a', entry: 'a.ts', stripPrefix: true }, { prefix: '/b', entry: 'b.ts', stripPrefix: false }];
  expect(renderMonolith(routes, { traits: PLAIN_ENDPOINT }, new Map([['/a', 'lambda'], ['/b', 'fetch']]))).toBe([
    'import * as r0 from "./a.ts";',
    'import * as r1 from "./b.ts";',
    'import { createLazyApi } from "cdk-lazy-api/runtime/entry";',
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    '    { prefix: "/a", load: () => Promise.resolve(r0) },',
    '    { prefix: "/b", load: () => Promise.resolve(r1), stripPrefix: false },',
    '  ],',
    '});',
    '',
    'new Response(new Request("https://localhost").body);',
  ].join('\n'));
});

test('a monolith without fetch routers does not load the Fetch API', () => {
  const routes = [{ prefix: '/a', entry: 'a.ts', stripPrefix: true }];
  expect(renderMonolith(routes, { traits: PLAIN_ENDPOINT }, new Map([['/a', 'lambda']]))).not.toContain('Response');
});

test('the main module configures reports, and the check of all routers before traffic', () => {
  const report = { everyRequest: true, path: false, perRouterMetrics: false, perVersionMetrics: true };
  expect(renderMain([], { traits: PLAIN_ENDPOINT, report, preTraffic: true })).toBe([
    'import { createLazyApi } from "cdk-lazy-api/runtime/entry";',
    'import { report } from "cdk-lazy-api/runtime/report";',
    'import { preTraffic } from "cdk-lazy-api/runtime/pre-traffic";',
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    '  ],',
    '}, { report: report({"everyRequest":true,"path":false,"perRouterMetrics":false,"perVersionMetrics":true}), preTraffic });',
    '',
  ].join('\n'));
});

test.each([
  ['nothing to preload', { chunks: [], first: new Map(), routers: [], fetch: false, listener: false }, '[]', '[]'],
  ['chunks and routers', { chunks: ['shared/a.mjs', 'shared/b.mjs'], first: new Map(), routers: ['/health'], fetch: true, listener: false }, '[()=>import("./shared/a.mjs"),()=>import("./shared/b.mjs")]', '["/health"]'],
  ['a listener', { chunks: ['shared/a.mjs'], first: new Map(), routers: [], fetch: false, listener: true }, '[()=>import("./listener.mjs"),()=>import("./shared/a.mjs")]', '[]'],
  ['chunks that wait for others', { chunks: ['b.mjs', 'c.mjs'], first: new Map([['b.mjs', ['a.mjs']], ['c.mjs', ['a.mjs', 'b.mjs']]]), routers: [], fetch: false, listener: false }, '[()=>import("./a.mjs").then(()=>import("./b.mjs")),()=>import("./a.mjs").then(()=>import("./b.mjs")).then(()=>import("./c.mjs"))]', '[]'],
])('the index imports preloaded chunks dynamically, so a broken chunk affects only its own routers: %s', (_, plan, chunks, routers) => {
  expect(renderIndex({ ...plan, collectGarbage: false })).toBe(
    `import{handler,init}from"./main.mjs";\nawait init({base:import.meta.url,chunks:${chunks},routers:${routers},fetch:${plan.fetch}});\nexport{handler};\n`,
  );
});

test('INIT collects garbage after loading, if globalThis.gc is available', () => {
  const index = renderIndex({ chunks: [], first: new Map(), routers: [], fetch: false, listener: false, collectGarbage: true });
  expect(index).toContain('fetch:false});\nglobalThis.gc?.();\nexport{handler};');
});
