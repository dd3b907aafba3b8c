import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/** Like the main package.json. */
const MANIFEST = {
  name: 'cdk-lazy-api',
  version: '0.0.0',
  exports: { './runtime': { types: './lib/runtime/index.d.ts', import: './lib/runtime/index.mjs', require: './lib/runtime/index.js' } },
  typesVersions: { '*': { runtime: ['lib/runtime/index.d.ts'] } },
};

/** The part of Hono's types that describes an app. */
const HONO = `
  declare class Hono<E extends { Bindings?: object } = { Bindings: object }> {
    fetch: (request: Request, env?: E['Bindings'] | {}, executionCtx?: { waitUntil(promise: Promise<unknown>): void }) => Response | Promise<Response>;
  }`;

const FITS = {
  'a plain handler': 'export const handler: LambdaRouter = async (event, context) => ({ statusCode: 200, body: event.version + context.awsRequestId });',
  'a handler of one payload format': 'export const handler: LambdaRouter<HttpApiEvent> = async ({ rawPath }) => rawPath;',
  'a synchronous handler': 'export const handler: LambdaRouter<RestApiEvent> = ({ path }) => ({ statusCode: 200, body: path });',
  'a narrowed event': `export const handler: LambdaRouter = async (event) =>
    ('rawPath' in event ? event.rawPath : event.path);`,
  'a Hono app': `${HONO} export const app: FetchRouter = new Hono<{ Bindings: FetchRouterBindings }>();`,
  'a Hono app without bindings': `${HONO} export const app: FetchRouter = new Hono();`,
  'a Hono app with its own bindings': `${HONO}
    const own = { TABLE: 'users' };
    const users = new Hono<{ Bindings: FetchRouterBindings & typeof own }>();
    export default { fetch: (request, bindings) => users.fetch(request, { ...bindings, ...own }) } satisfies FetchRouter;`,
  'an object with fetch': 'export const app: FetchRouter = { fetch: async (request, { event }) => new Response(request.url + event.body) };',
  'an object with fetch of only the request': 'export const app: FetchRouter = { fetch: (request: Request) => new Response(request.url) };',
  'bindings of one payload format': 'export const path = ({ event, requestContext }: FetchRouterBindings<HttpApiEvent>) => event.rawPath + requestContext.http.method;',
};

/** Handlers that stream. The runtime's types do not declare the global, so packages and projects can declare it. */
const STREAMS = {
  'a streaming handler': `import { awslambda } from 'cdk-lazy-api/runtime';
    export const handler = awslambda.streamifyResponse(async (event, responseStream, { awsRequestId }) => {
      const body = awslambda.HttpResponseStream.from(responseStream, { statusCode: 200, headers: { 'content-type': 'text/csv' }, cookies: ['a=b'] });
      body.write(event.version + awsRequestId);
      body.end();
    });`,
  'a streaming handler of one payload format': `import { awslambda } from 'cdk-lazy-api/runtime';
    export const handler = awslambda.streamifyResponse<HttpApiEvent>(async ({ rawPath }, stream) => { stream.setContentType('text/plain'); stream.end(rawPath); });`,
  'a pipeline': `import { awslambda } from 'cdk-lazy-api/runtime';
    import { Readable } from 'node:stream';
    import { pipeline } from 'node:stream/promises';
    export const handler = awslambda.streamifyResponse(async (event, stream) => pipeline(Readable.from([event.body ?? '']), awslambda.HttpResponseStream.from(stream, {})));`,
};

/** How packages and projects declare the global. */
const DECLARED_ELSEWHERE = {
  'a project that declares the global': `${STREAMS['a streaming handler']}
    declare global { const awslambda: { streamifyResponse(handler: unknown): unknown }; }
    export const other = globalThis.Array;`,
  'a project that declares it as a variable': 'export {}; declare global { var awslambda: number | { streamifyResponse(handler: unknown): unknown }; }',
};

const FITS_AWS_TYPES = {
  'a handler that streams with the global of these types': "import 'aws-lambda'; export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.end(); });",

  'a handler of payload format 1.0': "export const handler: LambdaRouter = (async (event) => ({ statusCode: 200, body: event.path })) as import('aws-lambda').APIGatewayProxyHandler;",
  'a handler of payload format 2.0': "export const handler: LambdaRouter = (async (event) => ({ statusCode: 200, body: event.rawPath })) as import('aws-lambda').APIGatewayProxyHandlerV2;",
  'a typed function': "export const handler: LambdaRouter = async (event: import('aws-lambda').APIGatewayProxyEventV2) => ({ statusCode: 200, body: event.rawPath });",
  'a typed function with a typed context': `export const handler: LambdaRouter = async (event: import('aws-lambda').APIGatewayProxyEvent, context: import('aws-lambda').Context) =>
    ({ statusCode: 200, body: event.path + context.awsRequestId });`,
};

const MISFITS = {
  'a head whose status is not a number': "import { awslambda } from 'cdk-lazy-api/runtime'; export const body = (stream: never) => awslambda.HttpResponseStream.from(stream, { statusCode: 'ok' });",

  'a handler whose result API Gateway does not support': 'export const handler: LambdaRouter = async () => ({ status: 200 });',
  'a handler of another event source': 'export const handler: LambdaRouter = async (event: { Records: string[] }) => event.Records[0];',
  'an app that does not return a Response': 'export const app: FetchRouter = { fetch: async () => ({ status: 200 }) };',
};

const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node10: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, ignoreDeprecations: '6.0' },
};

let dir: string;

/** Creates a package that depends only on the built library and on @types/node. */
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lazy-api-types-'));
  const library = join(dir, 'node_modules/cdk-lazy-api');
  const declarations = ts.createProgram([join(ROOT, 'lib/runtime/index.ts')], {
    ...RESOLUTIONS.node16, target: ts.ScriptTarget.ES2022, declaration: true, emitDeclarationOnly: true, strict: true,
    rootDir: ROOT, outDir: library, types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')],
  });
  declarations.emit();
  writeFileSync(join(library, 'package.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(dir, 'node_modules/@types'));
  for (const name of ['@types/node', 'undici-types']) symlinkSync(join(ROOT, 'node_modules', name), join(dir, 'node_modules', name));
});

afterAll(() => rmSync(dir, { recursive: true }));

/** The problems in each of the sources. Each is checked as a separate module. */
function check(sources: Record<string, string>, resolution: ts.CompilerOptions, paths: ts.CompilerOptions = {}): Record<string, string[]> {
  const files = Object.entries(sources).map(([name, text], i) => {
    const file = join(dir, `router-${i}.ts`);
    writeFileSync(file, "import type { FetchRouter, FetchRouterBindings, HttpApiEvent, LambdaRouter, RestApiEvent } from 'cdk-lazy-api/runtime';\n"
      + `export type All = [FetchRouter, FetchRouterBindings, HttpApiEvent, LambdaRouter, RestApiEvent];\n${text}\n`);
    return { name, file };
  });
  const program = ts.createProgram(files.map(({ file }) => file), {
    ...resolution, ...paths, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], strict: true, noEmit: true, skipLibCheck: false, types: ['node'],
  });
  const everywhere = ts.getPreEmitDiagnostics(program).filter((problem) => dirname(problem.file?.fileName ?? '').includes('cdk-lazy-api'));
  return Object.fromEntries(files.map(({ name, file }) => [
    name,
    [...everywhere, ...ts.getPreEmitDiagnostics(program, program.getSourceFile(file))].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ]));
}

const clean = (sources: object) => Object.fromEntries(Object.keys(sources).map((name) => [name, []]));

test.each(Object.entries(RESOLUTIONS))('routers type-check under %s, without the DOM and without @types/aws-lambda', (_, resolution) => {
  expect(check(FITS, resolution)).toEqual(clean(FITS));
});

test.each(Object.entries(RESOLUTIONS))('streaming handlers type-check under %s', (_, resolution) => {
  expect(check(STREAMS, resolution)).toEqual(clean(STREAMS));
});

test.each(Object.entries(DECLARED_ELSEWHERE))('%s compiles with streaming handlers', (name, text) => {
  expect(check({ [name]: text, ...STREAMS }, RESOLUTIONS.bundler)).toEqual(clean({ [name]: text, ...STREAMS }));
});

test('handlers typed with @types/aws-lambda type-check', () => {
  const paths = { paths: { 'aws-lambda': [join(ROOT, 'node_modules/@types/aws-lambda/index.d.ts')] } };
  expect(check({ ...STREAMS, ...FITS_AWS_TYPES }, RESOLUTIONS.bundler, paths)).toEqual(clean({ ...STREAMS, ...FITS_AWS_TYPES }));
});

test('modules that are not routers do not type-check', () => {
  const problems = check(MISFITS, RESOLUTIONS.bundler);
  expect(Object.entries(problems).map(([name, texts]) => [name, texts.length])).toEqual(Object.keys(MISFITS).map((name) => [name, 1]));
});

test('the declarations depend on no other file', () => {
  const program = ts.createProgram([join(dir, 'node_modules/cdk-lazy-api/lib/runtime/index.d.ts')], { ...RESOLUTIONS.node16, types: [], lib: ['lib.es2022.d.ts'] });
  const files = program.getSourceFiles().map(({ fileName }) => fileName).filter((file) => !/typescript\/lib\//.test(file));
  expect(files.map((file) => file.split('cdk-lazy-api/').pop())).toEqual([
    'lib/runtime/events.d.ts', 'lib/runtime/router-types.d.ts', 'lib/runtime/awslambda.d.ts', 'lib/runtime/asset-path.d.ts', 'lib/runtime/secrets/secret-options.d.ts', 'lib/runtime/secrets/get-secret.d.ts', 'lib/runtime/logger/logger.d.ts', 'lib/runtime/index.d.ts',
  ]);
});
