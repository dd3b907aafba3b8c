import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toEvent } from '../../../examples/clinic-api/demo/event.mjs';

const NODE_MODULES = join(import.meta.dirname, '../node_modules');

/** Writes an app that uses the benchmark's packages. Each router responds to `GET` requests at its prefix with its name. */
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
