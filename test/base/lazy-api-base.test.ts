/**
 * These tests synthesize the base construct with a language that is not JavaScript.
 */
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { LazyTextFunction, LazyTextFunctionProps, TextCode } from './text-language';
import { ApiEndpoint, PreloadPolicy } from '../../lib';
import { newApp, newStack } from '../support/app';
import { listFiles, project } from '../support/project';

const TEXTS = { 'hello.txt': 'use common.txt\nHello!', 'bye.txt': 'use common.txt\nGoodbye!', 'common.txt': 'x'.repeat(1000) };

function create(props: Partial<LazyTextFunctionProps> = {}, files: Record<string, string> = TEXTS, stack = newStack()): LazyTextFunction {
  return new LazyTextFunction(stack, 'Api', { texts: { '/hello': 'hello.txt', '/bye': 'bye.txt' }, root: project(files), ...props });
}

function failure(create_: () => unknown): unknown {
  try {
    create_();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

test('a complete app synthesizes, with the function, its routes, alarms, and dashboard', () => {
  const stack = newStack();
  create({ endpoint: ApiEndpoint.http(), environment: { STAGE: 'prod' } }, TEXTS, stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'provided.al2023', Handler: 'index.answer', Environment: { Variables: { STAGE: 'prod', TEXT_ENCODING: 'utf-8' } },
  });
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey as string);
  expect(routes.sort()).toEqual(['ANY /bye', 'ANY /bye/{proxy+}', 'ANY /hello', 'ANY /hello/{proxy+}']);
  expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length).toBeGreaterThan(5);
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
});

test('the asset contains the files of the language, an index that follows the plan, and the manifest', () => {
  const api = create();
  (api.node.root as App).synth();
  const code = api.function.node.findChild('Code') as unknown as { readonly assetPath: string };
  const asset = path.resolve((api.node.root as App).outdir, code.assetPath);
  const read = (file: string) => fs.readFileSync(path.join(asset, file), 'utf8');
  expect(listFiles(asset)).toEqual(['bye.txt', 'common.txt', 'hello.txt', 'index.txt', 'main.txt', 'manifest.json']);
  expect(read('main.txt')).toBe('2 routers, with a request log');
  expect(read('index.txt')).toBe('preload common.txt; 2 verified');
  expect(JSON.parse(read('manifest.json'))).toMatchObject({
    routers: [
      { prefix: '/bye', kind: 'lambda', file: 'bye.txt', bytes: 23, totalBytes: 1023, chunks: ['common.txt', 'bye.txt'] },
      { prefix: '/hello', kind: 'lambda', file: 'hello.txt', bytes: 21, totalBytes: 1021, chunks: ['common.txt', 'hello.txt'] },
    ],
    sharedChunks: [{ file: 'common.txt', bytes: 1000, routers: ['/bye', '/hello'], contents: ['common.txt'] }],
    preload: { policy: 'memory aware at 1024 MB' },
  });
  expect(api.manifest).toEqual(JSON.parse(read('manifest.json')));
});

test('a router that does not load fails synthesis, with the advice of the language', () => {
  expect(failure(() => create({}, { ...TEXTS, 'bye.txt': 'BROKEN' }))).toMatchObject({
    code: 'ROUTER_DOES_NOT_LOAD',
    message: [
      'TestStack/Api: a router does not load from the built asset and would return 500 responses in production',
      '  router  /bye (bye.txt)\n  chunk   bye.txt\n  error   it says BROKEN',
      'Say something else.',
    ].join('\n\n'),
  });
});

test('budgets, the preload policy, and warnings apply to the code of the language', () => {
  expect(failure(() => create({ budgets: { routerBytes: 500 } }))).toMatchObject({ message: expect.stringContaining('common.txt, by bye.txt > common.txt') });
  expect(create({ preloadPolicy: PreloadPolicy.nothing() }).manifest?.preload.decisions.filter(({ preload }) => preload)).toEqual([]);
  const stack = newStack();
  create({}, TEXTS, stack);
  const warnings = Annotations.fromStack(stack).findWarning('/TestStack/Api', Match.anyValue()).map(({ entry }) => String(entry.data));
  expect(warnings).toEqual([
    expect.stringMatching(/^texts are short; see \S+#bundling \[ack: cdk-lazy-api:bundling\]/),
    expect.stringMatching(/^dictionary: external to the bundle, but the function has no layer; .* \[ack: cdk-lazy-api:externalWithoutLayer\]/),
  ]);
});

test('a streaming endpoint is refused, because the language cannot stream', () => {
  expect(failure(() => create({ endpoint: ApiEndpoint.functionUrl({ streaming: true }) }))).toMatchObject({
    code: 'ENDPOINT_STREAMING',
    message: 'TestStack/Api: endpoint: streaming is not supported for routers in plain text, whose runtime in Lambda cannot stream; leave it out',
  });
});

test('secrets add a variable and a layer to the function', () => {
  const stack = new Stack();
  create({ secrets: { TOKEN: new Secret(stack, 'Secret') } }, TEXTS, stack);
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(fn.Properties.Environment.Variables).toHaveProperty('LAZY_API_SECRETS');
  expect(fn.Properties.Layers).toHaveLength(1);
});

test('errors in props of the language\'s construct name that construct', () => {
  expect(() => create({ texts: ['hello.txt'] as never })).toThrow(/TestStack\/Api: texts must be an object, got a list of 1/);
  expect(() => new LazyTextFunction(newStack(), 'Api', 'props' as never)).toThrow(/the props of LazyTextFunction must be an object/);
});

test('verification runs with the handler of the language', () => {
  const files = { ...TEXTS, 'bye.txt': 'HANDLER index.answer' };
  expect(create({}, files).manifest?.routers.map(({ kind }) => kind)).toEqual(['lambda', 'lambda']);
  expect(failure(() => create({}, { ...TEXTS, 'bye.txt': 'HANDLER index.handler' }))).toMatchObject({ message: expect.stringContaining('the handler is index.answer') });
});

test('two languages in one app do not share a build, even if their keys are equal', () => {
  const app = newApp();
  let counter = 0;
  const root = project(TEXTS);
  const build = jest.spyOn(TextCode.prototype, 'build');
  for (const language of ['plain text', 'verse', 'verse']) create({ root, language }, TEXTS, new Stack(app, `Stack${counter++}`));
  expect(build).toHaveBeenCalledTimes(2);
});

test('props can be accessors of a class, in the base and in the language', () => {
  const root = project(TEXTS);
  class Props {
    public get texts() { return { '/hello': 'hello.txt' }; }
    public get root() { return root; }
    public get memorySize() { return 256; }
    public get budgets() { return { routerBytes: 10 }; }
  }
  expect(failure(() => new LazyTextFunction(newStack(), 'Api', new Props()))).toMatchObject({ code: 'BUDGET_EXCEEDED' });
  class Refused extends Props {
    public get retryAttempts() { return 1; }
  }
  expect(failure(() => new LazyTextFunction(newStack(), 'Api', new Refused()))).toMatchObject({ message: expect.stringContaining('retryAttempts is not supported') });
});
