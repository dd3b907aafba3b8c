import { renderIndex, renderMain } from '../../lib/bundling/entry-source';

test.each([
  ['no router', [], []],
  ['a router', [{ prefix: '/users', entry: 'src/users.ts', stripPrefix: true }], [
    '    { prefix: "/users", load: () => import("./src/users.ts") },',
  ]],
  ['a router that sees the whole path', [{ prefix: '/', entry: 'app.mjs', stripPrefix: false }], [
    '    { prefix: "/", load: () => import("./app.mjs"), stripPrefix: false },',
  ]],
  ['names that need quoting', [{ prefix: '/it\'s/{id}', entry: 'src/it\'s "here".ts', stripPrefix: true }], [
    '    { prefix: "/it\'s/{id}", load: () => import("./src/it\'s \\"here\\".ts") },',
  ]],
])('the main module imports every router lazily: %s', (_, routes, rows) => {
  expect(renderMain(routes)).toBe([
    'import { createLazyApi } from "cdk-lazy-api/runtime/entry";',
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    ...rows,
    '  ],',
    '});',
    '',
  ].join('\n'));
});

test.each([
  ['nothing to preload', { chunks: [], routers: [], fetch: false }, '[]', '[]'],
  ['chunks and routers', { chunks: ['shared/a.mjs', 'shared/b.mjs'], routers: ['/health'], fetch: true }, '[()=>import("./shared/a.mjs"),()=>import("./shared/b.mjs")]', '["/health"]'],
])('the index imports the plan dynamically, so that a bad chunk costs only its own routers: %s', (_, plan, chunks, routers) => {
  expect(renderIndex(plan)).toBe(
    `import{handler,init}from"./main.mjs";\nawait init({base:import.meta.url,chunks:${chunks},routers:${routers},fetch:${plan.fetch}});\nexport{handler};\n`,
  );
});
