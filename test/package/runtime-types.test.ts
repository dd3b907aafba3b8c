import { execFileSync } from 'child_process';
import * as path from 'path';
import { npm, packLibrary } from '../support/packed';
import { project } from '../support/project';

const TSC = require.resolve('typescript/bin/tsc');

/** The project of a router author: our package and the types of Node.js, but no AWS types. */
const root = project({
  'lambda.ts': `
    import type { LambdaRouter } from 'cdk-lazy-api/runtime';
    export const handler: LambdaRouter = async (event, context) => ({ statusCode: 200, body: event.requestContext.stage + context.awsRequestId });
  `,
  'fetch.ts': `
    import type { FetchRouter } from 'cdk-lazy-api/runtime';
    export default { fetch: (request, bindings) => new Response(request.url + bindings.lambdaContext.awsRequestId) } satisfies FetchRouter;
  `,
  'testing.ts': `
    import { createTestApi, httpApiEvent, lambdaContext } from 'cdk-lazy-api/testing';
    import { handler } from './lambda.js';
    export const answer: Promise<Response> = createTestApi({ routers: { '/users': () => import('./lambda.js') } }).request('GET /users', { claims: { sub: 'ada' } });
    export const result = handler(httpApiEvent('GET /users'), lambdaContext());
    export const fromConstruct = (api: { readonly assetPath?: string }) => createTestApi({ asset: api });
    // @ts-expect-error -- there is no such endpoint
    createTestApi({ routers: {}, endpoint: 'https' });
  `,
  'wrong.ts': `
    import type { FetchRouter } from 'cdk-lazy-api/runtime';
    export default { fetch: (request: number) => request } satisfies FetchRouter;
  `,
});

beforeAll(() => {
  npm(['install', '--no-save', '--legacy-peer-deps', packLibrary(), '@types/node@20'], root);
}, 300_000);

const compile = (file: string, options: readonly string[]) => {
  const args = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022', '--types', 'node', ...options, path.join(root, file)];
  try {
    return execFileSync(process.execPath, [TSC, ...args], { cwd: root, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
};

describe.each([
  ['nodenext', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
  ['node16', ['--module', 'node16', '--moduleResolution', 'node16']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ['node10', ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0']],
])('with module resolution %s', (_, options) => {
  test.each(['lambda.ts', 'fetch.ts', 'testing.ts'])('%s compiles', (file) => {
    expect(compile(file, options)).toBe('');
  });

  test('a router of the wrong shape does not compile', () => {
    expect(compile('wrong.ts', options)).toContain('wrong.ts');
  });
});
