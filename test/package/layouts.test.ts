import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { http2 } from '../runtime/events';
import { cleanEnvironment, packLibrary } from '../support/packed';
import { listFiles, scratch, writeFiles } from '../support/project';

const tarball = packLibrary();

/** The package in this repository, so that no test installs the CDK again. */
const installed = (name: string) => path.join(__dirname, '../../node_modules', name);

interface Layout {
  readonly install: readonly [command: string, ...args: string[]];
  readonly run: readonly [command: string, ...args: string[]];
  /** How a dependency on another package of the workspace is written. */
  readonly workspace: string;
  /** How a dependency on a folder outside is written. */
  readonly link: string;
  /** A path that the installation creates in the root of the workspace. */
  readonly leaves: string;
  readonly files?: Readonly<Record<string, string>>;
}

const YARN = ['npx', '--yes', '@yarnpkg/cli-dist@4'] as const;
const YARN_RC = 'enableGlobalCache: true\nenableTelemetry: false\nenableImmutableInstalls: false\n';

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'npm workspaces': { install: ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'], run: ['node'], workspace: '*', link: 'file:', leaves: 'package-lock.json' },
  'pnpm workspaces': {
    install: ['npx', '--yes', 'pnpm@10', 'install', '--no-frozen-lockfile'],
    run: ['node'],
    workspace: 'workspace:*',
    link: 'link:',
    leaves: 'node_modules/.pnpm',
    files: { 'pnpm-workspace.yaml': 'packages: ["packages/*"]\n' },
  },
  'Yarn workspaces': {
    install: [...YARN, 'install'],
    run: ['node'],
    workspace: 'workspace:*',
    link: 'link:',
    leaves: 'node_modules/.yarn-state.yml',
    files: { '.yarnrc.yml': `${YARN_RC}nodeLinker: node-modules\n`, 'yarn.lock': '' },
  },
  "Yarn Plug'n'Play": {
    install: [...YARN, 'install'],
    run: [...YARN, 'node'],
    workspace: 'workspace:*',
    link: 'link:',
    leaves: '.pnp.cjs',
    files: { '.yarnrc.yml': `${YARN_RC}nodeLinker: pnp\n`, 'yarn.lock': '' },
  },
};

/** An ESM CDK app in one package, with a router that imports the TypeScript sources of another, which has its own dependency. */
function filesOf({ workspace, link, files }: Layout): Record<string, string> {
  const api = {
    name: 'api',
    version: '1.0.0',
    type: 'module',
    dependencies: {
      '@acme/shared': workspace,
      'aws-cdk-lib': `${link}${installed('aws-cdk-lib')}`,
      'cdk-lazy-api': `file:${tarball}`,
      'constructs': `${link}${installed('constructs')}`,
    },
  };
  const shared = { name: '@acme/shared', version: '1.0.0', exports: './src/index.ts', dependencies: { ms: '2.1.3' } };
  return {
    'package.json': JSON.stringify({ name: 'app', private: true, workspaces: ['packages/*'] }),
    'packages/api/package.json': JSON.stringify(api),
    'packages/api/app.mjs': `
      import { App, Stack } from 'aws-cdk-lib';
      import { LazyApiFunction, Routers } from 'cdk-lazy-api';
      const app = new App({ outdir: 'cdk.out', analyticsReporting: false });
      const api = new LazyApiFunction(new Stack(app, 'MyApi'), 'Api', { routers: Routers.fromDirectory('src/routers') });
      app.synth();
      const { routers, sharedChunks } = api.manifest;
      console.log(JSON.stringify({ asset: api.assetPath, kinds: routers.map(({ kind }) => kind), contents: sharedChunks.flatMap(({ contents }) => contents) }));`,
    'packages/api/src/routers/users.ts': 'import { wait } from "@acme/shared"; export const handler = async () => ({ statusCode: 200, body: String(wait("2 days")) });',
    'packages/api/src/routers/orders.ts': 'import { wait } from "@acme/shared"; export const handler = async () => ({ statusCode: 200, body: String(wait("1 day")) });',
    'packages/shared/package.json': JSON.stringify(shared),
    'packages/shared/src/index.ts': 'import ms from "ms"; export const wait = (text: string): number => ms(text);',
    ...files,
  };
}

function execute([command, ...args]: readonly [string, ...string[]], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...cleanEnvironment(), CDK_VALIDATION: 'false' } });
}

test.each(Object.entries(LAYOUTS))('an ESM app in %s synthesizes with TypeScript sources of another workspace package', (_, layout) => {
  const root = path.join(scratch(), 'app');
  writeFiles(root, filesOf(layout));
  execute(layout.install, root);
  expect(fs.existsSync(path.join(root, layout.leaves))).toBe(true);
  const output = execute([...layout.run, 'app.mjs'], path.join(root, 'packages/api')).trim().split('\n').pop()!;
  const { asset, kinds, contents } = JSON.parse(output) as { asset: string; kinds: string[]; contents: string[] };

  expect(kinds).toEqual(['lambda', 'lambda']);
  expect(contents.sort()).toEqual(['ms', 'packages/shared/src/index.ts']);
  expect(listFiles(asset)).toEqual(expect.arrayContaining(['routers/orders.mjs', 'routers/users.mjs']));
  const copy = path.join(scratch(), 'task');
  fs.cpSync(asset, copy, { recursive: true });
  const script = 'const { handler } = await import(process.argv[1]); console.log((await handler(JSON.parse(process.argv[2]), {})).body);';
  const event = JSON.stringify(http2({ path: '/users', resource: '/users' }));
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(copy, 'index.mjs'), event], { encoding: 'utf8' })).toMatch(/\n172800000\n$/);
}, 120_000);
