import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { ApiManifest, LazyApiFunction, Routers } from '../../lib';
import { http1, http2 } from '../runtime/events';
import { assetOf } from '../support/app';
import { scratch } from '../support/project';

const EXAMPLE = path.join(__dirname, '../../examples/clinic-api');

interface ExampleRequest {
  readonly router: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly status: number;
  readonly bodyIncludes: string;
}

const requests = JSON.parse(fs.readFileSync(path.join(EXAMPLE, 'requests.json'), 'utf8')) as ExampleRequest[];

/** The asset alone in an empty folder, as Lambda unpacks it. */
const task = path.join(scratch(), 'task');
let manifest: ApiManifest;

beforeAll(() => {
  const app = new App({ outdir: path.join(scratch(), 'cdk.out'), analyticsReporting: false });
  const api = new LazyApiFunction(new Stack(app, 'ClinicApi'), 'Api', {
    routers: Routers.fromDirectory(path.join(EXAMPLE, 'backend/src/routers'), { basePath: '/api/v1', overrides: { health: { preload: true } } }),
  });
  manifest = api.manifest!;
  fs.cpSync(assetOf(api), task, { recursive: true });
}, 120_000);

/** Starts a new process for each request, so that no router can rely on what another one left behind. */
function invoke(event: unknown): { readonly statusCode: number; readonly body?: string; readonly isBase64Encoded?: boolean } {
  const script = `
    const { handler } = await import(process.argv[1]);
    const result = await handler(JSON.parse(process.argv[2]), { awsRequestId: 'r', getRemainingTimeInMillis: () => 29000 });
    process.stdout.write('\\n' + JSON.stringify(result), () => process.exit(0));`;
  const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(task, 'index.mjs'), JSON.stringify(event)], {
    encoding: 'utf8',
    cwd: task,
    env: { PATH: process.env.PATH, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(stdout.trim().split('\n').pop()!);
}

test('the example has thirty routers, and a request for each of them', () => {
  expect(manifest.routers.map(({ name }) => name)).toEqual(requests.map(({ router }) => router));
  expect(requests).toHaveLength(30);
});

test('verification detects the kind of each router', () => {
  expect(manifest.routers.filter(({ kind }) => kind === 'lambda').map(({ name }) => name)).toEqual(['health', 'legacy-faxes']);
  expect(manifest.routers.filter(({ kind }) => kind === 'fetch')).toHaveLength(28);
});

describe.each([['1.0', http1], ['2.0', http2]] as const)('payload format %s', (_, toEvent) => {
  test.each(requests)('$router responds to $method $path', ({ router, method, path: url, headers = {}, body, status, bodyIncludes }) => {
    const [requestPath, query = ''] = url.split('?');
    const prefix = `/api/v1/${router}`;
    const result = invoke(toEvent({
      method,
      path: requestPath,
      query,
      body,
      resource: requestPath === prefix ? prefix : `${prefix}/{proxy+}`,
      headers: Object.entries(headers),
    }));
    const text = result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64').toString() : result.body ?? '';
    expect({ status: result.statusCode, text }).toEqual({ status, text: expect.stringContaining(bodyIncludes) });
  });
});
