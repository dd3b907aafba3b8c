import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seeded } from '../random.mjs';
import { toEvent } from '../../../examples/clinic-api/demo/event.mjs';

const NODE_MODULES = join(import.meta.dirname, '../node_modules');

export function empty(scratch) {
  return project(scratch, 'empty', { empty: { kind: 'lambda', source: 'export const handler = async () => ({ statusCode: 200, body: "empty" });' } });
}

/** Where laziness should gain nothing, and must lose nothing. */
export function light(scratch) {
  const routers = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`light${i}`, { kind: 'fetch', source: `
    import { Hono } from 'hono';
    import { greet } from '../shared/greet.ts';
    const app = new Hono();
    app.get('/', (c) => c.json({ router: 'light${i}', text: greet('light${i}') }));
    export default app;` }]));
  return project(scratch, 'light', routers, { 'src/shared/greet.ts': 'export const greet = (name: string) => `hello ${name}`;' });
}

/** The worst case for chunks: esbuild makes one for each distinct set of routers. */
export function modules(scratch) {
  const random = seeded(7);
  const shared = Array.from({ length: 60 }, (_, i) => [`src/shared/m${i}.ts`, `export const m${i} = (x: number) => x * ${i + 2} + ${'1'.repeat(1 + (i % 40))}n.toString().length;\n`]);
  const routers = Object.fromEntries(Array.from({ length: 30 }, (_, i) => {
    const used = shared.map((_, module) => module).filter(() => random() < 0.15);
    return [`r${i}`, { kind: 'lambda', source: `
      ${used.map((m) => `import { m${m} } from '../shared/m${m}.ts';`).join('\n')}
      export const handler = async () => ({ statusCode: 200, body: 'r${i}' + [${used.map((m) => `m${m}(${i})`).join(', ')}].length });` }];
  }));
  return project(scratch, 'modules', routers, Object.fromEntries(shared));
}

export function project(scratch, name, routers, files = {}) {
  const root = join(scratch, name);
  rmSync(root, { recursive: true, force: true });
  const entries = Object.fromEntries(Object.entries(routers).map(([router, { source }]) => [`src/routers/${router}.ts`, source]));
  for (const [file, text] of Object.entries({ 'package.json': '{ "type": "module", "private": true }', 'package-lock.json': '{}', ...files, ...entries })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  symlinkSync(NODE_MODULES, join(root, 'node_modules'));
  const rows = Object.entries(routers).map(([router, { kind }]) => ({ name: router, prefix: `/api/v1/${router}`, entry: `src/routers/${router}.ts`, kind }));
  return {
    name,
    root,
    routers: rows,
    requests: rows.map(({ name: router, prefix }) => ({ router, status: 200, includes: router, event: () => toEvent({ prefix, method: 'GET', path: prefix }) })),
  };
}
