import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { toEvent } from '../../../examples/clinic-api/demo/event.mjs';

const EXAMPLE = join(import.meta.dirname, '../../../examples/clinic-api');
const BACKEND = join(EXAMPLE, 'backend');

export function clinic() {
  return describeClinic('clinic', BACKEND, names());
}

/** Copies of the thirty routers, with the same shared sources and dependencies. */
export function scaledClinic(scratch, count) {
  const root = join(scratch, `clinic-${count}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json']) cpSync(join(BACKEND, file), join(root, file));
  cpSync(join(BACKEND, 'src/shared'), join(root, 'src/shared'), { recursive: true });
  symlinkSync(join(BACKEND, 'node_modules'), join(root, 'node_modules'));
  const originals = names();
  const copies = Array.from({ length: count }, (_, i) => {
    const original = originals[i % originals.length];
    const round = Math.floor(i / originals.length);
    const name = round === 0 ? original : `${original}-${round + 1}`;
    const source = moduleOf(original);
    const target = source.replace(original, name);
    cpSync(join(BACKEND, source), join(root, target));
    const folder = join(BACKEND, 'src/routers', original);
    if (existsSync(folder)) cpSync(folder, join(root, 'src/routers', name), { recursive: true });
    return name;
  });
  return describeClinic(`clinic${count}`, root, copies);
}

function describeClinic(name, root, routerNames) {
  const requests = new Map(JSON.parse(readFileSync(join(EXAMPLE, 'requests.json'), 'utf8')).map((request) => [request.router, request]));
  const routers = routerNames.map((router) => {
    const entry = moduleOf(router, root);
    return { name: router, prefix: `/api/v1/${router}`, entry, kind: /\bexport const handler\b|serverless/.test(readFileSync(join(root, entry), 'utf8')) ? 'lambda' : 'fetch' };
  });
  return {
    name,
    root,
    routers,
    requests: routers.flatMap(({ name: router, prefix }) => {
      const request = requests.get(router);
      return request ? [{ router, status: request.status, includes: request.bodyIncludes, event: () => toEvent({ ...request, prefix }) }] : [];
    }),
  };
}

function names() {
  return readdirSync(join(BACKEND, 'src/routers')).map((file) => file.replace(/\.ts$/, '')).sort();
}

function moduleOf(name, root = BACKEND) {
  const file = `src/routers/${name}.ts`;
  return existsSync(join(root, file)) ? file : `src/routers/${name}/index.ts`;
}
