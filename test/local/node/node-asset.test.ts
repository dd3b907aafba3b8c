import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { Routers, Verify } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { nodeAsset } from '../../../lib/local/node/node-asset';
import { newApi, newApp } from '../../support/app';
import { handlerSource, project } from '../../support/project';

/** A function whose code imports a package that is not in its asset. */
function apiOf(externalModules: string[], architecture: Architecture) {
  const root = project({
    'src/routers/users.ts': `${externalModules.map((name) => `import '${name}';`).join('')} ${handlerSource('users')}`,
    'node_modules/native/package.json': '{ "name": "native", "version": "1.0.0" }',
    'node_modules/native/index.js': 'module.exports = "of the project";',
  });
  const app = newApp();
  const api = newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { externalModules }, architecture, verify: Verify.off() }, new Stack(app, 'Shop'));
  const directory = app.synth().directory;
  return { root, asset: api.assetPath!, api: findApis(directory)[0] };
}

const [SAME, OTHER] = process.arch === 'arm64' ? [Architecture.ARM_64, Architecture.X86_64] : [Architecture.X86_64, Architecture.ARM_64];

test('an asset without external packages runs in place', () => {
  const { api, asset } = apiOf([], SAME);
  expect(nodeAsset(api)).toMatchObject({ directory: asset });
});

test('external packages come from the project, in a copy of the asset that close deletes', () => {
  const { api, asset, root } = apiOf(['native'], SAME);
  const { directory, close } = nodeAsset(api);
  expect(directory).not.toBe(asset);
  expect(fs.realpathSync(path.join(directory, 'node_modules/native'))).toBe(path.join(root, 'node_modules/native'));
  expect(fs.existsSync(path.join(asset, 'node_modules'))).toBe(false);
  close();
  expect(fs.existsSync(directory)).toBe(false);
  expect(fs.existsSync(path.join(root, 'node_modules/native/index.js'))).toBe(true);
});

/** Installs a package for Lambda, as `bundling.nodeModules` does. */
function install(asset: string): void {
  fs.mkdirSync(path.join(asset, 'node_modules/native'), { recursive: true });
  fs.writeFileSync(path.join(asset, 'node_modules/native/index.js'), 'module.exports = "for Lambda";');
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('packages in the asset are used if they are for this platform', () => {
  const { api, asset } = apiOf(['native'], SAME);
  install(asset);
  const { directory, close } = nodeAsset(api);
  expect(fs.readFileSync(path.join(directory, 'node_modules/native/index.js'), 'utf8')).toContain('for Lambda');
  close();
});

test('packages of the project replace packages in the asset that are for another platform', () => {
  const { api, asset } = apiOf(['native'], OTHER);
  install(asset);
  const { directory, close } = nodeAsset(api);
  expect(fs.readFileSync(path.join(directory, 'node_modules/native/index.js'), 'utf8')).toContain('of the project');
  close();
});

test('an external package that the project does not have is ignored', () => {
  const { api, asset } = apiOf(['nowhere/sub'], SAME);
  expect(nodeAsset(api).directory).toBe(asset);
});
