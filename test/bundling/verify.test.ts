import * as path from 'path';
import { assembleAsset } from '../../lib/bundling/asset';
import { Build, bundle, specifyBundle } from '../../lib/bundling/bundle';
import { EsbuildBundler } from '../../lib/bundling/esbuild';
import { BundlingOptions } from '../../lib/bundling/options';
import { PreloadPolicy } from '../../lib/bundling/preload-policy';
import { Routers } from '../../lib/bundling/routers';
import { Verified, Verify } from '../../lib/bundling/verify';
import { handlerSource, project } from '../support/project';

interface Built {
  readonly root: string;
  readonly build: Build;
}

function build(files: { readonly [file: string]: string }, options: BundlingOptions = {}): Built {
  const root = project(files);
  const spec = specifyBundle(Routers.fromDirectory(path.join(root, 'src/routers')), options, { target: 'node24', preload: PreloadPolicy.nothing(), memoryMb: 1024 });
  return { root, build: bundle(spec, new EsbuildBundler()) };
}

function verify(built: Built, environment: { readonly [name: string]: string } = {}, nodeMajor = Number(process.versions.node.split('.')[0])): Verified {
  return Verify.atSynth()._verify(built.build, { environment, projectRoot: built.root, nodeMajor });
}

function failure(built: Built, ...rest: [environment?: { readonly [name: string]: string }, nodeMajor?: number]): string {
  try {
    verify(built, ...rest);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ROUTER_DOES_NOT_LOAD' });
    return (error as Error).message;
  }
  throw new Error('it verified');
}

const users = { 'src/routers/users.ts': handlerSource('users') };

test('routers that load pass in silence', () => {
  expect(verify(build({ ...users, 'src/routers/hono.ts': 'export default { fetch: () => new Response("ok") };' }))).toEqual({
    warnings: [],
    kinds: new Map([['/hono', 'fetch'], ['/users', 'lambda']]),
  });
});

test('one file less in the asset, and synthesis names the router, the chunk and the missing module', () => {
  const { root, build: whole } = build({
    ...users,
    'src/routers/a.ts': 'import { x } from "../shared"; export const handler = async () => x;',
    'src/routers/b.ts': 'import { x } from "../shared"; export const handler = async () => x;',
    'src/shared.ts': 'export const x = "shared";',
  });
  const lost = assembleAsset(whole).manifest.sharedChunks[0].file;
  const message = failure({ root, build: { ...whole, result: { ...whole.result, files: whole.result.files.filter(({ path: file }) => file !== lost) } } });
  expect(message).toMatch(/^2 routers do not load from the built asset and would answer 500 in production/);
  for (const name of ['a', 'b']) expect(message).toContain(`router  /${name} (src/routers/${name}.ts)\n  chunk   ${lost}\n  missing ${lost}\n`);
  expect(message).not.toContain('/users');
});

test('a package that only a node_modules above the sources had is missing', () => {
  const built = build({
    ...users,
    'src/routers/a.ts': 'const name = "only-at-home"; export default require(name);',
    'node_modules/only-at-home/index.js': 'module.exports = async () => 1;',
  });
  expect(failure(built)).toMatch(/a router does not load.*\n\n {2}router {2}\/a \(src\/routers\/a\.ts\)\n {2}chunk {3}routers\/a\.mjs\n {2}missing only-at-home\n/);
});

test('the error is the module\'s own, without this machine\'s temporary folders', () => {
  const message = failure(build({ ...users, 'src/routers/a.ts': 'throw new TypeError("no DATABASE_URL"); export const handler = 1;' }));
  expect(message).toContain('error   TypeError: no DATABASE_URL');
  expect(message).not.toMatch(/cdk-lazy-api-\w{6}/);
});

test('the environment is the function\'s, as Lambda would give it, and nothing of this machine\'s', () => {
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

test('an export that only its loading can prove wrong', () => {
  expect(failure(build({ ...users, 'src/routers/a.ts': 'export default { router: true };' }))).toMatch(/router {2}\/a [^]*ROUTER_EXPORT|router {2}\/a [^]*default export/);
});

test.each([
  ['never finishes', 'await new Promise(() => {}); export const handler = 1;', /did not finish loading within 10 s/],
  ['ends the process', 'process.exit(3); export const handler = 1;', /the process ended with exit code 3 while it loaded/],
])('a router that %s at load time is named', (_, source, message) => {
  expect(failure(build({ ...users, 'src/routers/hangs.ts': source }))).toMatch(new RegExp(`router  /hangs [^]*${message.source}`));
});

test('a router that prints, also to where the report might be, does not disturb', () => {
  expect(verify(build({ 'src/routers/a.ts': 'console.log("{}"); console.error("x"); process.stdout.write("[1,2"); export const handler = async () => 1;' })).warnings).toEqual([]);
});

describe('a module that is external on purpose', () => {
  const source = { 'src/routers/a.ts': 'import { x } from "from-a-layer"; export const handler = async () => x;' };

  test('is the real one where the project has it', () => {
    const built = build({ ...source, 'node_modules/from-a-layer/package.json': '{ "name": "from-a-layer", "main": "i.js" }', 'node_modules/from-a-layer/i.js': 'exports.x = 1;' }, { externalModules: ['from-a-layer'] });
    expect(verify(built).warnings).toEqual([]);
  });

  test('is a warning, not a failure, where the project lacks it', () => {
    expect(verify(build({ ...users, ...source }, { externalModules: ['from-a-layer'] })).warnings).toEqual([
      '/a could not be verified: it imports "from-a-layer", which is external to the bundle and not installed here',
    ]);
  });
});

test('what needs a newer Node.js than this one is a warning', () => {
  const built = build({ ...users, 'src/routers/a.ts': 'import "node:not-yet-invented"; export const handler = async () => 1;' });
  expect(verify(built, {}, 99).warnings).toEqual([expect.stringMatching(/^\/a could not be verified: it needs the Node\.js 99 of the function, and synthesis runs on v\d+/)]);
  expect(failure(built)).toContain('router  /a');
});

test('off proves nothing', () => {
  const { root, build: built } = build({ 'src/routers/a.ts': 'throw new Error("always"); export const handler = 1;' });
  expect(Verify.off()._verify(built, { environment: {}, projectRoot: root, nodeMajor: 24 })).toEqual({ warnings: [], kinds: new Map() });
});
