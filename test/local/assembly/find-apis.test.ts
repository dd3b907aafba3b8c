import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ApiAuthorization, ApiEndpoint, LazyApiFunction } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { matchingApis, selectApi } from '../../../lib/local/assembly/select-api';
import { assetOf, functionPropertiesOf, projectOf } from '../../../lib/local/assembly/synthesized-api';
import { newApi, newApp, newAppWithoutBundling, routersOf } from '../../support/app';
import { listFiles, scratch } from '../../support/project';

function synth(app: App): string {
  return app.synth().directory;
}

test.each<[string, (app: App) => Stack, string, string]>([
  ['a stack of the app', (app) => new Stack(app, 'Shop'), 'Shop/Api', 'Shop'],
  ['a stack of a stage', (app) => new Stack(new Stage(app, 'Prod'), 'Shop'), 'Prod/Shop/Api', 'Prod-Shop'],
  ['a stack of a stage of a stage', (app) => new Stack(new Stage(new Stage(app, 'All'), 'Prod'), 'Shop'), 'All/Prod/Shop/Api', 'All-Prod-Shop'],
  ['a nested stack', (app) => new NestedStack(new Stack(app, 'Shop'), 'Nested'), 'Shop/Nested/Api', 'Shop'],
])('the API of %s is found, with its template, its asset and its project', (_, create, construct, stack) => {
  const app = newApp();
  const api = newApi({ memorySize: 512 }, create(app));
  const [found, ...others] = findApis(synth(app));
  expect(others).toEqual([]);
  expect({ path: found.path, stack: found.stack }).toEqual({ path: construct, stack });
  expect(functionPropertiesOf(found)).toMatchObject({ Handler: 'index.handler', MemorySize: 512 });
  expect(assetOf(found)).toBe(api.assetPath);
  expect(fs.existsSync(path.join(projectOf(found), 'src/routers/users.ts'))).toBe(true);
});

test('a description has what tools need, but no values of variables', () => {
  const app = newApp();
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-central-1' } });
  const endpoint = ApiEndpoint.rest({ authorization: ApiAuthorization.none(), streaming: true });
  new LazyApiFunction(stack, 'Api', { routers: routersOf(), endpoint, environment: { TOKEN: 'hunter2' }, secrets: { DB: new Secret(stack, 'Db') } });
  const [{ description, directory }] = findApis(synth(app));
  expect(description).toEqual({
    version: 2,
    construct: 'Shop/Api',
    stack: 'Shop',
    region: 'eu-central-1',
    template: 'Shop.template.json',
    function: { logicalId: expect.stringMatching(/^ApiFunction/) as unknown, asset: expect.stringMatching(/^asset\.\w+$/) as unknown, handler: 'index.handler', runtime: 'nodejs24.x', architecture: 'arm64' },
    endpoint: { source: 'REST API', traits: expect.objectContaining({ streaming: true, authorizedPrefixes: [] }) as unknown },
    code: { language: 'JavaScript', project: expect.stringMatching(/^\.\.\/\.\.\//) as unknown, externals: [], modules: expect.stringMatching(/^lazy-api\.\w+\.modules\.json$/) as unknown, recipe: expect.anything() as unknown },
  });
  expect(description.code.recipe).toMatchObject({
    routers: [{ prefix: '/api/orders', entry: expect.stringMatching(/^\.\/\.\.\/.*orders\.ts$/) as unknown }, { prefix: '/api/users' }],
    preload: { policy: 'memory aware', memoryMb: 1024, include: [] },
  });
  const [file] = listFiles(directory).filter((name) => /^lazy-api\./.test(name));
  expect(fs.readFileSync(path.join(directory, file), 'utf8')).not.toMatch(/hunter2|secretsmanager/);
});

test('neither the asset nor the template refers to the description', () => {
  const app = newApp();
  const api = newApi({}, new Stack(app, 'Shop'));
  const directory = synth(app);
  expect(listFiles(api.assetPath!).filter((file) => file.includes('lazy-api'))).toEqual([]);
  expect(fs.readFileSync(path.join(directory, 'Shop.template.json'), 'utf8')).not.toContain('lazy-api.');
});

test('an API that this synthesis does not bundle has no description', () => {
  const app = newAppWithoutBundling();
  newApi({}, new Stack(app, 'Shop'));
  expect(() => findApis(synth(app))).toThrow(/has no LazyApiFunction that is bundled; run "npx cdk synth"/);
});

test('a directory that cdk synth has not written is an error', () => {
  expect(() => findApis(scratch())).toThrow(/".*" is not a directory that cdk synth has written; run "npx cdk synth"/);
});

test('an API that is no longer in the template is not found', () => {
  const app = newApp();
  newApi({}, new Stack(app, 'Shop'));
  const directory = synth(app);
  fs.writeFileSync(path.join(directory, 'Shop.template.json'), '{ "Resources": {} }');
  expect(() => findApis(directory)).toThrow(/has no LazyApiFunction/);
});

test('a description with another version is an error', () => {
  const app = newApp();
  newApi({}, new Stack(app, 'Shop'));
  const directory = synth(app);
  const [file] = listFiles(directory).filter((name) => /^lazy-api\./.test(name)).map((name) => path.join(directory, name));
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"version": 2', '"version": 1'));
  expect(() => findApis(directory)).toThrow(/has version 1, and this lazy-api reads 2; use the lazy-api of the cdk-lazy-api that the app uses/);
});

describe('with several APIs', () => {
  const app = newApp();
  const shop = new Stack(app, 'Shop');
  newApi({}, shop);
  new LazyApiFunction(shop, 'Admin', { routers: routersOf() });
  newApi({}, new Stack(app, 'Blog'));
  let apis: ReturnType<typeof findApis>;
  beforeAll(() => { apis = findApis(synth(app)); });

  test.each([
    [{ construct: 'Shop/Api' }, 'Shop/Api'], [{ construct: 'Admin' }, 'Shop/Admin'], [{ stack: 'Blog' }, 'Blog/Api'], [{ stack: 'Shop', construct: 'Api' }, 'Shop/Api'],
  ])('%j chooses %s', (selection, expected) => {
    expect(selectApi(apis, selection).path).toBe(expected);
  });

  test('a selection that matches several APIs, or none, is an error', () => {
    expect(() => selectApi(apis, { stack: 'Shop' })).toThrow('2 APIs match; choose one with --stack or --construct:\n  --stack Shop --construct Shop/Admin\n  --stack Shop --construct Shop/Api');
    expect(() => matchingApis(apis, { construct: 'dmin' })).toThrow('no API matches --construct dmin; there are:');
  });
});
