/**
 * The asset of a vector's application, in Python: the generated files around the runtime and the fixture routers.
 */
import { cpSync, copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from './literal';
import { PLAIN_ENDPOINT } from '../../../lib/contract/endpoint';
import { scratch, writeFiles } from '../../support/project';
import { RouterFixture, VectorApp } from '../vector';

/** How a web application is written. */
export type Flavor = 'asgi' | 'wsgi';

const FIXTURES = ['fixtures.py', 'asgi_fixtures.py', 'wsgi_fixtures.py', 'handler_fixtures.py'];

/** The modules that have no router, or cannot be imported. */
const SOURCES: { readonly [fixture: string]: string } = {
  'load-fails': 'raise RuntimeError("cannot be loaded")\n',
  'load-hangs': 'import threading\n\nthreading.Event().wait()\n',
  'no-router': 'configuration = {}\n',
};

const built = new Map<string, string>();
let runtime: string | undefined;

/** Each application is built once. */
export function buildAsset(app: VectorApp, flavor: Flavor): string {
  const key = JSON.stringify([app, flavor]);
  if (!built.has(key)) built.set(key, build(app, flavor));
  return built.get(key)!;
}

function build({ routers, endpoint, report, preTraffic = false }: VectorApp, flavor: Flavor): string {
  const root = scratch();
  const declared = Object.entries(routers).map(([prefix, router], index) => {
    const { fixture, stripPrefix }: RouterFixture = typeof router === 'string' ? { fixture: router } : router;
    const options = { ...stripPrefix === false && { strip_prefix: false } };
    return { prefix, module: `router_${index}`, source: sourceOf(fixture, flavor, prefix), options };
  });
  const isAsgi = flavor === 'asgi' && Object.values(routers).some((router) => (typeof router === 'string' ? router : router.fixture) === 'web');
  const table = declared.map(({ prefix, module, options }) => `(${literal(prefix)}, ${literal(`${module}:router`)}, ${literal(options)})`);
  const options = [
    `routers=[${table.join(', ')}]`,
    `traits=${literal({ ...PLAIN_ENDPOINT, ...endpoint })}`,
    `report=${literal(report ?? null)}`,
    `pre_traffic=${literal(preTraffic)}`,
  ];
  writeFiles(root, {
    ...Object.fromEntries(declared.map(({ module, source }) => [`${module}.py`, source])),
    'lazy_api_main.py': `from lazy_api.entry import create_lazy_api\n\nhandler, init, load = create_lazy_api(${options.join(', ')})\n`,
    'lazy_api_index.py': `from lazy_api_main import handler, init\n\ninit(modules=[], routers=[], asgi=${literal(isAsgi)})\n`,
  });
  for (const file of FIXTURES) copyFileSync(join(__dirname, file), join(root, file));
  symlinkSync(copiedRuntime(), join(root, 'lazy_api'));
  return root;
}

/** One copy for all, so that Python compiles it once. */
function copiedRuntime(): string {
  if (runtime === undefined) {
    runtime = join(scratch(), 'lazy_api');
    cpSync(join(__dirname, '../../../python/lazy_api'), runtime, { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
  }
  return runtime;
}

function sourceOf(fixture: string, flavor: Flavor, prefix: string): string {
  const module = fixture === 'handler' ? 'handler_fixtures' : `${fixture === 'web' ? flavor : 'asgi'}_fixtures`;
  return SOURCES[fixture] ?? `from ${module} import ${fixture}\n\nrouter = ${fixture}(${literal(prefix)})\n`;
}
