/** Packages of `bundling.nodeModules` in a rebuilt asset. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { synth } from './support';
import { LocalLambda } from '../../../lib/local/lambda/local-lambda';
import { AssetBuilder } from '../../../lib/local/rebuild/asset-builder';
import { http2 } from '../../runtime/events';
import { listFiles, project, scratch, writeFiles } from '../../support/project';
import { TestRegistry } from '../../support/registry';
import { runnable } from '../support';

let registry: TestRegistry;

beforeAll(async () => {
  process.env.npm_config_cache = scratch();
  registry = await TestRegistry.start();
});

afterAll(() => registry.stop());

const router = (text: string) => `import fast from "fast"; export const handler = async () => ({ statusCode: 200, body: fast + " ${text}" });`;
const ofThisMachine = process.arch === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64;
const other = process.arch === 'arm64' ? lambda.Architecture.X86_64 : lambda.Architecture.ARM_64;

async function rebuilt(architecture: lambda.Architecture) {
  const packages = { 'node_modules/fast': registry.publish('fast', { 'index.js': 'module.exports = "of Lambda";' }) };
  const directory = project({
    'package-lock.json': JSON.stringify({ packages }),
    'node_modules/fast/package.json': '{ "version": "1.0.0" }',
    'node_modules/fast/index.js': 'module.exports = "of the project";',
    'src/routers/users.ts': router('before'),
  });
  const builder = new AssetBuilder(synth(directory, () => ({ bundling: { nodeModules: ['fast'] }, architecture })));
  writeFiles(directory, { 'src/routers/users.ts': router('after') });
  const { asset } = await builder.build();
  await builder.dispose();
  const api = new LocalLambda(runnable('', { directory: asset!.directory }));
  const { result } = await api.invoke(JSON.stringify(http2({ path: '/api/users', resource: '/api/users' })));
  await api.close();
  const { body } = JSON.parse((result as { payload: Buffer }).payload.toString()) as { body: string };
  return { directory, asset: asset!, body };
}

(process.platform === 'linux' ? test : test.skip)('a rebuilt asset links the packages for Lambda if they run on this machine, and closing it does not delete them', async () => {
  const { asset, body } = await rebuilt(ofThisMachine);
  expect(body).toBe('of Lambda after');
  const linked = path.join(asset.directory, 'node_modules/fast');
  expect(fs.lstatSync(linked).isSymbolicLink()).toBe(true);
  const target = fs.realpathSync(linked);
  asset.close();
  expect(listFiles(target)).toContain('index.js');
});

test('a rebuilt asset links the packages of the project if this machine has another architecture', async () => {
  const { asset, directory, body } = await rebuilt(other);
  expect(body).toBe('of the project after');
  expect(fs.realpathSync(path.join(asset.directory, 'node_modules/fast'))).toBe(path.join(directory, 'node_modules/fast'));
  asset.close();
});
