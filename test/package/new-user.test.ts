import { execFileSync, execSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { http1, http2 } from '../runtime/events';
import { sectionBlocks } from '../support/docs';
import { cleanEnvironment, packLibrary } from '../support/packed';
import { listFiles, scratch, writeFiles } from '../support/project';

/** README's first section as a newcomer follows it: its commands and its files, in an empty folder, and nothing else. */
const folder = path.join(scratch(), 'my-api');
const section = sectionBlocks('README.md', 'The simplest app');

beforeAll(() => {
  fs.mkdirSync(folder);
  const tarball = packLibrary();
  for (const { language, file, text } of section) {
    if (file) writeFiles(folder, { [file]: text });
    if (language !== 'sh') continue;
    for (const command of text.trim().split('\n')) {
      execSync(command.replace(/\bcdk-lazy-api\b/, tarball), { cwd: folder, env: cleanEnvironment(), stdio: 'pipe' });
    }
  }
}, 300_000);

function assetFolder(): string {
  const [asset] = fs.readdirSync(path.join(folder, 'cdk.out')).filter((name) => name.startsWith('asset.'));
  return path.join(folder, 'cdk.out', asset);
}

/** The asset alone in an empty folder, in a fresh process. */
function invoke(event: unknown): { readonly statusCode: number; readonly body?: string } {
  const copy = path.join(scratch(), 'task');
  fs.cpSync(assetFolder(), copy, { recursive: true });
  const script = 'const { handler } = await import(process.argv[1]); console.log(JSON.stringify(await handler(JSON.parse(process.argv[2]), { awsRequestId: "r", getRemainingTimeInMillis: () => 29000 })));';
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(copy, 'index.mjs'), JSON.stringify(event)], { encoding: 'utf8' }).trim().split('\n').pop()!);
}

test('the template has the routes that README promises', () => {
  const { Resources } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.out/MyApi.template.json'), 'utf8')) as { Resources: { [id: string]: { Type: string; Properties: { RouteKey?: string } } } };
  const routes = Object.values(Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
  expect(routes.sort()).toEqual(['ANY /api/health', 'ANY /api/health/{proxy+}', 'ANY /api/users', 'ANY /api/users/{proxy+}']);
});

test('the asset has a file for each router, and the manifest', () => {
  expect(listFiles(assetFolder())).toEqual(expect.arrayContaining(['index.mjs', 'main.mjs', 'manifest.json', 'routers/health.mjs', 'routers/users.mjs']));
});

test.each([['1.0', http1], ['2.0', http2]])('the asset responds to events in payload format %s', (_, event) => {
  expect(invoke(event({ path: '/api/users/ada', resource: '/api/users/{proxy+}' }))).toMatchObject({ statusCode: 200, body: '{"users":["ada","grace"],"path":"/ada"}' });
  expect(invoke(event({ path: '/api/health', resource: '/api/health' }))).toMatchObject({ statusCode: 204 });
});
