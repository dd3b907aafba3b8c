/** The API that a function would be without lazy loading, for `lazy-api profile`. */
import { appModule, backend, handlerModule, python } from './python-project';
import { PLAIN_ENDPOINT } from '../../../lib/contract/endpoint';
import { CodeFile } from '../../../lib/routers/built-code';

const FILES = { 'api/orders.py': handlerModule('orders'), 'api/users.py': handlerModule('users') };

const textOf = ({ path, contents }: CodeFile) => [path, Buffer.from(contents).toString()];

test('without lazy loading, INIT loads all routers', () => {
  expect(python(backend(FILES)).buildMonolith({ traits: PLAIN_ENDPOINT }, new Map()).files.map(textOf)).toEqual([
    ['lazy_api_index.py', expect.stringContaining('init(\n    modules=[],\n    routers=[\n        "/api/orders",\n        "/api/users",\n    ],\n)') as unknown],
  ]);
});

test('INIT loads the application in any case, so only its routers are named', () => {
  const entry = backend({ ...FILES, 'main.py': appModule({ '/api/orders': 'api.orders:router', '/api/users': 'api.users:router' }) });
  const [[, index]] = python(entry, { app: 'main:app' }).buildMonolith({ traits: PLAIN_ENDPOINT }, new Map()).files.map(textOf);
  expect(index).toContain('routers=[\n        "/api/orders",\n        "/api/users",\n    ],');
});

test('the index has new bytecode, because that of the asset belongs to another index', () => {
  const compile = (modules: readonly CodeFile[]) => ({ files: modules.map((module) => ({ ...module, path: `__pycache__/${module.path}c` })), warnings: [] });
  const { files } = python(backend(FILES), { tools: { compile } }).buildMonolith({ traits: PLAIN_ENDPOINT }, new Map());
  expect(files.map(({ path }) => path)).toEqual(['lazy_api_index.py', '__pycache__/lazy_api_index.pyc']);
});
