import { project } from './project.mjs';
import { seeded } from '../random.mjs';

export function empty(scratch) {
  return project(scratch, 'empty', { empty: { kind: 'lambda', source: 'export const handler = async () => ({ statusCode: 200, body: "empty" });' } });
}

/** Light routers: lazy loading cannot gain time here, and must not lose any. */
export function light(scratch) {
  const routers = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`light${i}`, { kind: 'fetch', source: `
    import { Hono } from 'hono';
    import { greet } from '../shared/greet.ts';
    const app = new Hono();
    app.get('/', (c) => c.json({ router: 'light${i}', text: greet('light${i}') }));
    export default app;` }]));
  return project(scratch, 'light', routers, { 'src/shared/greet.ts': 'export const greet = (name: string) => `hello ${name}`;' });
}

/** The worst case for chunks, because esbuild creates one for each distinct set of routers. */
export function small(scratch) {
  const random = seeded(7);
  const shared = Array.from({ length: 60 }, (_, i) => [`src/shared/m${i}.ts`, `export const m${i} = (x: number) => x * ${i + 2} + ${'1'.repeat(1 + (i % 40))}n.toString().length;\n`]);
  const routers = Object.fromEntries(Array.from({ length: 30 }, (_, i) => {
    const used = shared.map((_, module) => module).filter(() => random() < 0.15);
    return [`r${i}`, { kind: 'lambda', source: `
      ${used.map((m) => `import { m${m} } from '../shared/m${m}.ts';`).join('\n')}
      export const handler = async () => ({ statusCode: 200, body: 'r${i}' + [${used.map((m) => `m${m}(${i})`).join(', ')}].length });` }];
  }));
  return project(scratch, 'small', routers, Object.fromEntries(shared));
}
