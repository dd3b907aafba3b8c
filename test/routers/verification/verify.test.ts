import * as path from 'path';
import { BundlingOptions } from '../../../lib/languages/javascript/bundling-options';
import { Routers } from '../../../lib/languages/javascript/routers';
import { NodeLoader } from '../../../lib/languages/javascript/verification/node-loader';
import { assembleAsset } from '../../../lib/routers/asset/asset';
import { Build } from '../../../lib/routers/build';
import { RouterCode } from '../../../lib/routers/router-code';
import { Verified, Verify } from '../../../lib/routers/verification/verify';
import { buildOf, javaScript } from '../../support/code';
import { handlerSource, project } from '../../support/project';

interface Built {
  readonly root: string;
  readonly build: Build;
}

function build(files: { readonly [file: string]: string }, options: BundlingOptions = {}): Built {
  const root = project(files);
  return { root, build: buildOf(javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), options)) };
}

function verify(built: Built, environment: { readonly [name: string]: string } = {}, nodeMajor = Number(process.versions.node.split('.')[0]), standIns: string[] = [], how = Verify.atSynth()): Verified {
  const { build: { code } } = built;
  const onNode: RouterCode = Object.assign(Object.create(code) as RouterCode, { loader: new NodeLoader(nodeMajor, path.join(built.root, 'src/routers')) });
  return how._verify({ ...built.build, code: onNode }, { environment, standIns, eventSource: 'HTTP API' });
}

function failure(built: Built, ...rest: [environment?: { readonly [name: string]: string }, nodeMajor?: number, standIns?: string[]]): string {
  try {
    verify(built, ...rest);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ROUTER_DOES_NOT_LOAD' });
    return (error as Error).message;
  }
  throw new Error('it verified');
}

const users = { 'src/routers/users.ts': handlerSource('users') };

test('routers that load cause no warnings', () => {
  expect(verify(build({ ...users, 'src/routers/hono.ts': 'export default { fetch: () => new Response("ok") };' }))).toEqual({
    warnings: [],
    imports: [],
    proved: new Set(),
    kinds: new Map([['/hono', 'fetch'], ['/users', 'lambda']]),
  });
});

test('a streaming handler is refused if the endpoint does not stream', () => {
  const streams = build({ ...users, 'src/routers/feed.ts': 'export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.end(); });' });
  expect(() => verify(streams)).toThrow(/^"\/feed" \(src\/routers\/feed\.ts\): the handler streams its response .*ApiEndpoint\.rest\(\{ streaming: true \}\) or ApiEndpoint\.functionUrl\(\{ streaming: true \}\)/);
  const { build: { options, options: { entry } } } = streams;
  const streaming = { ...options, entry: { ...entry, traits: { ...entry.traits, streaming: true } } };
  expect(verify({ ...streams, build: { ...streams.build, options: streaming } }).kinds.get('/feed')).toBe('stream');
});

test('if a file is missing from the asset, the error names the routers, the chunk, and the missing module', () => {
  const { root, build: whole } = build({
    ...users,
    'src/routers/a.ts': 'import { x } from "../shared"; export const handler = async () => x;',
    'src/routers/b.ts': 'import { x } from "../shared"; export const handler = async () => x;',
    'src/shared.ts': 'export const x = "shared";',
  });
  const lost = assembleAsset(whole, new Map()).manifest.sharedChunks[0].file;
  const message = failure({ root, build: { ...whole, built: { ...whole.built, files: whole.built.files.filter(({ path: file }) => file !== lost) } } });
  expect(message).toMatch(/^2 routers do not load from the built asset and would return 500 responses in production/);
  expect(message).toContain(`  router  /a (src/routers/a.ts)\n  router  /b (src/routers/b.ts)\n  chunk   ${lost} (src/shared.ts)\n  missing ${lost}\n`);
  expect(message).not.toContain('/users');
});

test('a package that exists only in the project\'s node_modules is missing', () => {
  const built = build({
    ...users,
    'src/routers/a.ts': 'const name = "only-at-home"; export default require(name);',
    'node_modules/only-at-home/index.js': 'module.exports = async () => 1;',
  });
  expect(failure(built)).toMatch(/a router does not load.*\n\n {2}router {2}\/a \(src\/routers\/a\.ts\)\n {2}chunk {3}routers\/a\.mjs\n {2}missing only-at-home\n[^]*\n\nFix the import of the missing module, or name its package in bundling\.nodeModules\. If a layer has the module, name it in bundling\.externalModules\.$/);
});

test('the message contains the error of the module, without temporary directories of this machine', () => {
  const message = failure(build({ ...users, 'src/routers/a.ts': 'throw new TypeError("no DATABASE_URL"); export const handler = 1;' }));
  expect(message).toContain('error   TypeError: no DATABASE_URL');
  expect(message).not.toMatch(/cdk-lazy-api-\w{6}/);
});

test('the environment contains the variables of the function and of Lambda, but none of this machine', () => {
  process.env.ONLY_AT_HOME = 'yes';
  const built = build({
    'src/routers/a.ts': `
      const { TABLE, AWS_REGION, ONLY_AT_HOME, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
      if (TABLE !== 'users' || !AWS_REGION || ONLY_AT_HOME || LAMBDA_TASK_ROOT !== process.cwd() || _HANDLER !== 'index.handler') throw new Error(JSON.stringify(process.env));
      export const handler = async () => 1;`,
  });
  expect(verify(built, { TABLE: 'users' }).warnings).toEqual([]);
  delete process.env.ONLY_AT_HOME;
});

test('an export that only loading can check is refused', () => {
  expect(failure(build({ ...users, 'src/routers/a.ts': 'export default { router: true };' }))).toMatch(/router {2}\/a [^]*router \/a exports neither a function \(event, context\), nor an object with fetch\(request\), nor the app of a server framework/);
});

test.each([
  ['loops', 'while (true);', /it did not finish loading within 10 s/],
  ['awaits a promise that never settles', 'await new Promise(() => {});', /its top-level await never settles/],
  ['ends the process', 'process.exit(3);', /the process ended with exit code 3 while it loaded/],
])('a router that %s while it loads fails within 15 s', (_, source, message) => {
  const built = build({ ...users, 'src/routers/hangs.ts': `${source} export const handler = 1;` });
  const started = Date.now();
  expect(failure(built)).toMatch(new RegExp(`router  /hangs [^]*${message.source}`));
  expect(Date.now() - started).toBeLessThan(15_000);
}, 20_000);

test('the output of a router does not affect verification, even if it looks like a report', () => {
  expect(verify(build({ 'src/routers/a.ts': 'console.log("{}"); console.error("x"); process.stdout.write("[1,2"); export const handler = async () => 1;' })).warnings).toEqual([]);
});

test('all lines of an error message are shown', () => {
  const message = failure(build({ ...users, 'src/routers/a.ts': 'throw new Error("[\\n  { path: DATABASE_URL }\\n]"); export const handler = 1;' }));
  expect(message).toContain('error   Error: [\n            { path: DATABASE_URL }\n          ]');
});

test.each([['undefined', 'it threw undefined'], ['{ a: 1 }', 'it threw { a: 1 }'], ['"text"', 'it threw \'text\'']])('the message shows the value if a router throws %s', (thrown, shown) => {
  expect(failure(build({ ...users, 'src/routers/a.ts': `throw ${thrown}; export const handler = 1;` }))).toContain(`error   ${shown}`);
});

test('if a router ends the process, the message contains the output of the process', () => {
  const message = failure(build({ 'src/routers/a.ts': 'setTimeout(() => { console.error("BECAUSE"); process.exit(1); }, 50); await new Promise((r) => setTimeout(r, 500)); export const handler = 1;' }));
  expect(message).toMatch(/exit code 1 while it loaded, with this output: BECAUSE/);
});

test('if no module is missing, the advice is about the environment', () => {
  expect(failure(build({ ...users, 'src/routers/a.ts': 'throw new Error("no DATABASE_URL"); export const handler = 1;' }))).toContain('variables that it needs must be in the environment prop');
});

test('the advice names the variables with placeholder values, and Verify.atSynth can set better values', () => {
  const built = build({ ...users, 'src/routers/a.ts': 'JSON.parse(process.env.CONFIG); export const handler = async () => 1;' });
  expect(failure(built, { CONFIG: 'verification', TABLE: 'verification' }, undefined, ['CONFIG', 'TABLE']))
    .toContain('These variables are known only at deployment, so verification used plausible values: CONFIG, TABLE. Set better values with Verify.atSynth({ environment: { ... } }).');
  expect(verify(built, { CONFIG: 'verification' }, undefined, ['CONFIG'], Verify.atSynth({ environment: { CONFIG: '{}' } })).warnings).toEqual([]);
});

test('routers that fail for the same reason share one description', () => {
  const sources = ['a', 'b', 'c', 'd', 'e'].map((name) => [`src/routers/${name}.ts`, 'import "../env"; export const handler = async () => 1;']);
  const message = failure(build({ ...Object.fromEntries(sources), 'src/env.ts': 'throw new Error("NO ENVIRONMENT");' }));
  expect(message.match(/NO ENVIRONMENT/g)).toHaveLength(1);
  expect(message).toMatch(/^5 routers do not load[^]*router {2}\/c .*\n {10}and 2 more\n {2}chunk {3}shared\/.* \(src\/env\.ts\)/);
});

test('the message contains the causes of an error', () => {
  expect(failure(build({ ...users, 'src/routers/a.ts': 'throw new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }); export const handler = 1;' })))
    .toContain('error   TypeError: fetch failed\n          caused by Error: ECONNREFUSED');
});

test('if a file is missing from the asset, the advice names bundling.files', () => {
  const source = 'import { readFileSync } from "node:fs"; readFileSync(__dirname + "/template.txt"); export const handler = async () => 1;';
  expect(failure(build({ ...users, 'src/routers/a.ts': source }))).toMatch(/ENOENT[^]*The asset does not contain the file\. Add it with bundling\.files, or import it with a loader/);
});

test.each([
  ['an Express app', 'const app: any = () => {}; app.handle = app.set = app.use = () => {}; export default app;'],
  ['a Koa app', 'export default { callback: () => () => {}, use: () => {} };'],
  ['a Fastify instance', 'export default { ready: async () => {}, inject: () => {}, routing: () => {} };'],
  ['a Nest application', 'const callback = () => () => {}; export default { init: async () => {}, getHttpAdapter: () => ({ getInstance: () => ({ callback, use: callback }) }) };'],
  ['a listener', 'export const listener = (request: unknown, response: { end(): void }) => response.end();'],
])('%s is a router of kind listener', (_, source) => {
  const built = build({ 'src/routers/a.ts': source });
  expect(verify(built).kinds).toEqual(new Map([['/a', 'listener']]));
});

test('a router fails if one of its Fastify plugins fails', () => {
  const source = 'export default { ready: async () => { throw new Error("no database"); }, inject: () => {}, routing: () => {} };';
  expect(failure(build({ ...users, 'src/routers/a.ts': source }))).toContain('Error: no database');
});

test('an Express router without an app fails, and the error says how to create the app', () => {
  const source = 'const router: any = () => {}; router.handle = router.use = router.route = () => {}; router.stack = []; export default router;';
  expect(failure(build({ ...users, 'src/routers/a.ts': source }))).toMatch(/an Express router, which needs its app; export default express\(\).use\(router\)/);
});

test.each([
  ['fetch as a method', 'export default class App { fetch() { return new Response("ok"); } }', /it exports a class whose instances have fetch; export an instance, created with new/],
  ['fetch as a method, compiled to a function', 'function App() {} App.prototype.fetch = () => new Response("ok"); export const handler = App;', /it exports a class whose instances have fetch/],
  ['fetch as a field', 'export default class App { fetch = () => new Response("ok"); }', /it exports a class, which cannot be called without new; export a function, or an instance that has fetch\(request\)/],
  ['fetch as a method, in a CommonJS module', 'class App { fetch() {} } module.exports = { default: App };', /it exports a class whose instances have fetch/],
])('a class with %s is refused, because an instance is required', (_, source, message) => {
  expect(failure(build({ ...users, 'src/routers/a.ts': source }))).toMatch(message);
});

test('a class with a static fetch is a router', () => {
  expect(verify(build({ 'src/routers/a.ts': 'export default class { static fetch() { return new Response("ok"); } }' })).kinds).toEqual(new Map([['/a', 'fetch']]));
});

test('the function\'s NODE_OPTIONS do not apply to the verification process', () => {
  expect(verify(build(users), { NODE_OPTIONS: '--require /opt/instrument.js' }).warnings).toEqual([]);
});

describe('a module in externalModules', () => {
  const layer = { 'node_modules/from-a-layer/package.json': '{ "name": "from-a-layer", "main": "i.js" }', 'node_modules/from-a-layer/i.js': 'exports.x = 1;', 'node_modules/from-a-layer/sub.js': 'exports.x = 1;' };

  test.each(['from-a-layer', 'from-a-layer/sub.js'])('is loaded from the project if it is installed there: %s', (name) => {
    const built = build({ 'src/routers/a.ts': `import { x } from "${name}"; export const handler = async () => x;`, ...layer }, { externalModules: ['from-a-layer'] });
    expect(verify(built).warnings).toEqual([]);
  });

  test('is found in the node_modules of a directory above the routers', () => {
    const nested = Object.fromEntries(Object.entries(layer).map(([file, text]) => [`src/${file}`, text]));
    expect(verify(build({ 'src/routers/a.ts': 'import { x } from "from-a-layer"; export const handler = async () => x;', ...nested }, { externalModules: ['from-a-layer'] })).warnings).toEqual([]);
  });

  test.each(['from-a-layer', 'from-a-layer/sub', '@scope/layer/sub'])('causes a warning, not a failure, if it is not installed: %s', (name) => {
    const built = build({ ...users, 'src/routers/a.ts': `import { x } from "${name}"; export const handler = async () => x;` }, { externalModules: ['from-a-layer', '@scope/layer'] });
    expect(verify(built).warnings).toEqual([{ id: 'bundling', text: `/a could not be verified: it imports "${name}", which is external to the bundle and not installed here` }]);
  });

  test('with an absolute path does not make the project\'s packages available', () => {
    const built = build({
      'src/routers/a.ts': 'export const handler = () => import("/opt/nodejs/x.js");',
      'src/routers/b.ts': 'const name = "only-at-home"; export default require(name);',
      'node_modules/only-at-home/index.js': 'module.exports = async () => 1;',
    }, { externalModules: ['/opt/*'] });
    expect(failure(built)).toContain('missing only-at-home');
  });
});

describe('on a Node.js version older than the function\'s runtime', () => {
  test.each([
    ['a built-in module that is unavailable', 'import "node:not-yet-invented";'],
    ['an unavailable export of a built-in module', 'import { notYetInvented } from "node:fs"; console.log(notYetInvented);'],
  ])('%s causes a warning', (_, source) => {
    const built = build({ ...users, 'src/routers/a.ts': `${source} export const handler = async () => 1;` });
    expect(verify(built, {}, 99).warnings).toEqual([{ id: 'bundling', text: expect.stringMatching(/^\/a could not be verified: it needs Node\.js 99, like the function, but verification runs on v\d+/) }]);
    expect(failure(built)).toContain('router  /a');
  });

  test.each([
    ['JSON.parse', 'JSON.parse("{bad");'],
    ['RegExp', 'new RegExp("(");'],
  ])('a SyntaxError from %s is still a failure', (_, source) => {
    expect(failure(build({ ...users, 'src/routers/a.ts': `${source} export const handler = async () => 1;` }), {}, 99)).toMatch(/SyntaxError[^]*If the cause is a newer API, run synthesis with that version/);
  });
});

test('Verify.off() does not load the routers', () => {
  const { build: built } = build({ 'src/routers/a.ts': 'throw new Error("always"); export const handler = 1;' });
  expect(Verify.off()._verify(built, { environment: {}, standIns: [], eventSource: 'HTTP API' })).toEqual({ warnings: [], imports: [], proved: new Set(), kinds: new Map() });
});
