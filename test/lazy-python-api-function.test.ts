/** The construct for routers in Python, through a whole synthesis. */
import * as fs from 'fs';
import * as path from 'path';
import { RemovalPolicy, Size, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  ApiEndpoint, LazyPythonApiFunction, LazyPythonApiFunctionProps, PreloadPolicy, ProvisionedConcurrency, PythonRouters, SecretsCache, Verify,
} from '../lib';
import { appModule, backend, handlerModule, RUNTIME, standIn } from './languages/python/python-project';
import { newAppWithoutBundling, newStack } from './support/app';
import { elf, MACHINE } from './support/binary';
import { listFiles } from './support/project';
import * as runtimePackage from '../lib/languages/python/runtime-files';

const FILES = {
  'main.py': appModule({ '/api/orders': 'api.orders:router', '/api/users': 'api.users:router' }),
  'api/orders.py': handlerModule('orders', 'import shared'),
  'api/users.py': handlerModule('users', 'import shared'),
  'shared.py': 'VALUE = 1\n',
  'templates/mail.html': '<p>',
  'tests/test_api.py': 'import pytest\n',
  'api/test_users.py': 'import pytest\n',
  '.env': 'PASSWORD=secret\n',
  'api/__pycache__/users.cpython-313.pyc': 'x',
};

const THIS_RUNTIME = new lambda.Runtime(RUNTIME, lambda.RuntimeFamily.PYTHON);

const RUNTIME_FILES = standIn();

beforeEach(() => void jest.spyOn(runtimePackage, 'runtimeFiles').mockReturnValue(RUNTIME_FILES));

function create(props: Partial<LazyPythonApiFunctionProps> = {}, entry = backend(FILES), stack = newStack()): LazyPythonApiFunction {
  const routers = PythonRouters.fromDirectory(path.join(entry, 'api'), { basePath: '/api' });
  return new LazyPythonApiFunction(stack, 'Api', { entry, routers, runtime: THIS_RUNTIME, ...props });
}

/** The files of the asset, without bytecode. */
function sourcesOf(api: LazyPythonApiFunction): string[] {
  return listFiles(api.assetPath!).filter((file) => !file.endsWith('.pyc'));
}

function failure(action: () => unknown): { readonly code?: string; readonly message?: string } {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  return { message: 'it did not fail' };
}

test('a whole app synthesizes: the function, its routes, alarms and queries', () => {
  const stack = newStack();
  create({ endpoint: ApiEndpoint.http(), environment: { STAGE: 'prod' } }, backend(FILES), stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: RUNTIME, Handler: 'lazy_api_index.handler', Architectures: ['arm64'], MemorySize: 1024, Environment: { Variables: { STAGE: 'prod' } },
  });
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey as string);
  expect(routes.sort()).toEqual(['ANY /api/orders', 'ANY /api/orders/{proxy+}', 'ANY /api/users', 'ANY /api/users/{proxy+}']);
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
});

test('the application has routes for what no router has', () => {
  const stack = newStack();
  const api = create({ app: 'main:app' }, backend(FILES), stack);
  const routes = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey as string);
  expect(routes).toEqual(expect.arrayContaining(['ANY /', 'ANY /{proxy+}', 'ANY /api/users/{proxy+}']));
  expect(api.prefixes).toEqual(['/', '/api/orders', '/api/users']);
  expect(api.manifest!.routers[0]).toMatchObject({ prefix: '/', name: 'app', entry: 'backend/main.py', kind: 'asgi' });
});

test('the asset has the application, the runtime package and the generated modules, without tests, caches and hidden files', () => {
  const api = create({ app: 'main:app' });
  expect(sourcesOf(api)).toEqual([
    'api/orders.py', 'api/users.py', 'lazy_api/__init__.py', 'lazy_api/entry.py', 'lazy_api_index.py', 'lazy_api_main.py', 'main.py', 'manifest.json',
    'shared.py', 'templates/mail.html',
  ]);
  expect(fs.readFileSync(path.join(api.assetPath!, 'lazy_api_main.py'), 'utf8')).toBe([
    'from lazy_api.entry import create_lazy_api',
    '',
    'ROUTERS = [',
    '    ("/api/orders", "api.orders:router", {}),',
    '    ("/api/users", "api.users:router", {}),',
    ']',
    'APP = "main:app"',
    '',
    'handler, init, load = create_lazy_api(',
    '    routers=ROUTERS,',
    '    app=APP,',
    '    traits={"greedyRoutes": {}, "authorizedPrefixes": [], "streaming": False, "binaryBodies": False},',
    '    report={"everyRequest": True, "path": False, "perRouterMetrics": False, "perVersionMetrics": False},',
    '    pre_traffic=False,',
    ')',
    '',
  ].join('\n'));
});

test('every module has bytecode for the Python of the function', () => {
  const files = listFiles(create({ app: 'main:app' }).assetPath!);
  const tag = `cpython-${RUNTIME.replace(/\D/g, '')}`;
  const modules = files.filter((file) => file.endsWith('.py'));
  const bytecode = modules.map((file) => path.join(path.dirname(file), '__pycache__', `${path.basename(file, '.py')}.${tag}.pyc`));
  expect(files).toEqual(expect.arrayContaining(bytecode));
});

test('exclude leaves out files and directories, but not routers', () => {
  const entry = backend({ ...FILES, 'scripts/seed.py': '', 'data/a.csv': '', 'data/b.json': '' });
  expect(sourcesOf(create({ exclude: ['scripts', 'data/*.csv', 'api/*'] }, entry)).filter((file) => !file.startsWith('lazy_api'))).toEqual([
    'api/orders.py', 'api/users.py', 'data/b.json', 'main.py', 'manifest.json', 'shared.py', 'templates/mail.html',
  ]);
});

test('equal sources give equal assets in two places, and another file another asset', () => {
  const hashOf = (files: Record<string, string>) => path.basename(create({}, backend(files)).assetPath!);
  expect(hashOf(FILES)).toBe(hashOf({ ...FILES, '.env': 'other', 'tests/test_more.py': '' }));
  expect(hashOf(FILES)).not.toBe(hashOf({ ...FILES, 'templates/mail.html': '<b>' }));
});

test('the preload policy and budgets apply to its code', () => {
  const index = (api: LazyPythonApiFunction) => fs.readFileSync(path.join(api.assetPath!, 'lazy_api_index.py'), 'utf8');
  expect(index(create({ memorySize: 1769 }))).toContain('"shared"');
  expect(index(create({ preloadPolicy: PreloadPolicy.nothing() }))).not.toContain('"shared"');
  expect(failure(() => create({ budgets: { routerBytes: 50 } }))).toMatchObject({
    code: 'BUDGET_EXCEEDED', message: expect.stringContaining('backend/shared.py, by backend/api/users.py > backend/shared.py'),
  });
});

test('a wrong import path fails synthesis', () => {
  expect(failure(() => create({}, backend({ ...FILES, 'api/users.py': handlerModule('users', 'import src.shared') })))).toMatchObject({
    code: 'ROUTER_DOES_NOT_LOAD', message: expect.stringContaining('the import that works is "shared"'),
  });
});

test('variables whose values only deployment knows have plausible values while routers are imported', () => {
  const stack = newStack();
  const environment = { TABLE_NAME: new Secret(stack, 'Secret').secretName };
  const api = create({ environment }, backend({ ...FILES, 'api/users.py': handlerModule('users', 'import os', 'assert os.environ["TABLE_NAME"]', 'import shared') }), stack);
  expect(api.manifest!.routers[1].chunks).toEqual(['shared.py', 'api/users.py']);
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('a synthesis that skips bundling needs no Python', () => {
  const stack = new Stack(newAppWithoutBundling(), 'TestStack');
  const api = create({ runtime: lambda.Runtime.PYTHON_3_12 }, backend(FILES), stack);
  expect(api.assetPath).toBeUndefined();
  expect(api.prefixes).toEqual(['/api/orders', '/api/users']);
});

describe('SnapStart', () => {
  const snapStart = lambda.SnapStartConf.ON_PUBLISHED_VERSIONS;

  function templateOf(props: Partial<LazyPythonApiFunctionProps>, stack = new Stack(newAppWithoutBundling(), 'TestStack')): Template {
    create({ runtime: lambda.Runtime.PYTHON_3_13, snapStart, ...props }, backend(FILES), stack);
    return Template.fromStack(stack);
  }

  test('takes a snapshot of each version, and the alias points to a version', () => {
    const stack = new Stack(newAppWithoutBundling(), 'TestStack');
    const template = templateOf({}, stack);
    template.hasResourceProperties('AWS::Lambda::Function', { SnapStart: { ApplyOn: 'PublishedVersions' } });
    template.hasResourceProperties('AWS::Lambda::Alias', { FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('CurrentVersion'), 'Version'] } });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each<[string, Partial<LazyPythonApiFunctionProps>, number | undefined]>([
    ['two versions by default', {}, 2],
    ['as many versions as the user says', { retainedVersions: 5 }, 5],
    ['the versions that the user\'s removal policy keeps', { currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN } }, undefined],
    ['all versions without SnapStart', { snapStart: undefined }, undefined],
  ])('keeps %s', (_, props, keep) => {
    const template = templateOf(props);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', keep === undefined ? 0 : 1);
    expect(JSON.stringify(template).match(/\$count\(\$versions\) - (\d+)/)?.[1]).toBe(keep?.toString());
  });

  test('is measured by what Lambda reports about restores', () => {
    const template = templateOf({});
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ ($.type = "platform.restoreReport") && ($.record.metrics.durationMs >= 0) }',
      MetricTransformations: [Match.objectLike({ MetricName: { 'Fn::Join': ['', ['RestoreDuration-', Match.anyValue()]] }, MetricValue: '$.record.metrics.durationMs' })],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 2000, Metrics: Match.arrayWith([Match.objectLike({ Expression: 'IF(samples >= 5, p95, 0)', Label: 'Restore P95' })]),
    });
    const dashboard = JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(dashboard).toContain('Restored snapshots, as Lambda reports them');
    expect(dashboard).not.toContain('INIT as Lambda reports it');
  });

  test('has no metric, alarm, or graph in a function without it', () => {
    const stack = new Stack(newAppWithoutBundling(), 'TestStack');
    const template = JSON.stringify(templateOf({ snapStart: undefined }, stack));
    expect(template).not.toContain('estore');
    const api = stack.node.findChild('Api') as LazyPythonApiFunction;
    expect(() => api.metrics.restoreDuration()).toThrow(/set snapStart/);
  });

  test('lets the function cache secrets, because the extension does not work in it', () => {
    const stack = new Stack(newAppWithoutBundling(), 'TestStack');
    const template = templateOf({ secrets: { DB: new Secret(stack, 'Secret') } }, stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Layers: Match.absent() });
    const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function'));
    const config = JSON.stringify(Properties.Environment.Variables.LAZY_API_SECRETS);
    expect(config).toContain('\\"ttl\\":300000');
    expect(config).not.toContain('port');
  });

  test.each<[string, Partial<LazyPythonApiFunctionProps>, string, RegExp]>([
    ['Python 3.11', { runtime: lambda.Runtime.PYTHON_3_11 }, 'SNAP_START', /snapStart needs Python 3\.12 or newer, got python3\.11; use a newer runtime/],
    ['provisioned concurrency', { provisionedConcurrency: ProvisionedConcurrency.fixed(1) }, 'SNAP_START', /snapStart cannot be combined with provisionedConcurrency/],
    ['more than 512 MiB of storage', { ephemeralStorageSize: Size.gibibytes(1) }, 'SNAP_START', /ephemeralStorageSize must be at most 512 MiB with snapStart, got 1024 MiB/],
    ['a file system', { filesystem: {} as lambda.FileSystem }, 'SNAP_START', /snapStart cannot be combined with filesystem/],
    ['another value', { snapStart: true as unknown as lambda.SnapStartConf }, 'PROPS', /snapStart must be lambda\.SnapStartConf\.ON_PUBLISHED_VERSIONS, got true/],
  ])('does not work with %s', (_, props, code, message) => {
    expect(failure(() => templateOf(props))).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('does not work with the extension for secrets', () => {
    const stack = new Stack(newAppWithoutBundling(), 'TestStack');
    const secrets = { DB: new Secret(stack, 'Secret') };
    expect(failure(() => templateOf({ secrets, secretsCache: SecretsCache.extension() }, stack))).toMatchObject({
      code: 'SECRETS', message: expect.stringMatching(/the extension does not work with snapStart/),
    });
  });

  test('works on x86_64, with the smallest storage, and without a cache for secrets', () => {
    const stack = new Stack(newAppWithoutBundling(), 'TestStack');
    const secrets = { DB: new Secret(stack, 'Secret') };
    const props = { architecture: lambda.Architecture.X86_64, ephemeralStorageSize: Size.mebibytes(512), secrets, secretsCache: SecretsCache.none() };
    templateOf(props, stack).hasResourceProperties('AWS::Lambda::Function', { Architectures: ['x86_64'], SnapStart: Match.anyValue() });
  });
});

describe('what is refused at synthesis', () => {
  test.each<[string, (entry: string) => Partial<LazyPythonApiFunctionProps>, string, RegExp]>([
    ['Node.js', () => ({ runtime: lambda.Runtime.NODEJS_22_X }), 'RUNTIME', /TestStack\/Api: runtime must be Python 3\.11 or newer, got nodejs22\.x/],
    ['Python 3.10', () => ({ runtime: lambda.Runtime.PYTHON_3_10 }), 'RUNTIME', /got python3\.10; leave it out for python3\.13/],
    ['streaming', () => ({ endpoint: ApiEndpoint.functionUrl({ streaming: true }) }), 'ENDPOINT_STREAMING', /streaming is not supported for routers in Python/],
    ['an entry that is missing', () => ({ entry: 'no/such/directory' }), 'ENTRY_MISSING', /entry must be an existing directory, the one that Python imports from, got "no\/such\/directory"/],
    ['an app without an attribute', () => ({ app: 'main.py' }), 'PROPS', /app must be a module and an attribute, such as .*, got "main\.py"/],
    ['an app with the name of a file', () => ({ app: 'main.py:app' }), 'ENTRY_MISSING', /app must name a module in entry, got "main\.py:app"; looked for .*; did you mean "main:app"\?/],
    ['an app that is missing', () => ({ app: 'src.main:app' }), 'ENTRY_MISSING', /app must name a module in entry, got "src\.main:app"; looked for .*main\.py; did you mean "main:app"\?/],
    ['routers in JavaScript', () => ({ routers: {} as PythonRouters }), 'PROPS', /routers must be made by PythonRouters\.fromDirectory\(\)/],
    ['a router that is missing', () => ({ routers: PythonRouters.fromMap({ '/x': 'backend.api.users:router' }) }), 'ENTRY_MISSING', /routers\["\/x"\] must name a module in entry.*did you mean "api\.users:router"\?/],
    ['a router at the prefix of the application', () => ({ app: 'main:app', routers: PythonRouters.fromMap({ '/': 'api.users:router' }) }), 'PREFIX_DUPLICATE', /routers\["\/"\] has the prefix "\/", but the application itself serves/],
    [
      'stripPrefix with an application', () => ({ app: 'main:app', routers: PythonRouters.fromMap({ '/x': 'api.users:router' }, { overrides: { '/x': { stripPrefix: true } } }) }),
      'ROUTERS', /routers\["\/x"\]: stripPrefix must be left out, got true/,
    ],
    ['two routers with one prefix', (entry) => ({ routers: PythonRouters.combine(PythonRouters.fromDirectory(path.join(entry, 'api')), PythonRouters.fromMap({ '/users': 'api.orders:router' })) }), 'PREFIX_DUPLICATE', /two routers have the prefix "\/users"/],
    ['routers outside of entry', (entry) => ({ entry: path.join(entry, 'templates') }), 'ENTRY_OUTSIDE_PROJECT', /the router must be inside entry, got .*orders\.py/],
    ['an entry outside of the project', (entry) => ({ projectRoot: path.join(entry, 'templates') }), 'ENTRY_OUTSIDE_PROJECT', /entry must be inside the project, got .*set projectRoot/],
    ['a list that is no list', () => ({ exclude: 'tests' as unknown as string[] }), 'PROPS', /exclude must be a list, got "tests"/],
  ])('%s', (_, props, code, message) => {
    const entry = backend(FILES);
    expect(failure(() => create(props(entry), entry))).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  const token = Token.asString({ Ref: 'AWS::NoValue' });

  test.each<[keyof LazyPythonApiFunctionProps, readonly unknown[]]>([
    ['entry', [undefined, null, 5, {}, () => 'x', token]],
    ['routers', [undefined, null, 'api', {}, PythonRouters]],
    ['app', [null, 5, '', 'main', 'main:', ':app', 'a-b:c', 'main:app()', token]],
    ['runtime', [null, 'python3.13', 5]],
    ['exclude', [null, 'a', {}, [5], [token]]],
    ['projectRoot', [null, 5, {}, token]],
  ])('a wrong value of %s', (prop, values) => {
    for (const value of values) {
      expect(failure(() => create({ [prop]: value }))).toMatchObject({
        code: 'PROPS', message: expect.stringMatching(new RegExp(`^TestStack/Api: ${prop}(\\[0\\])? must be .*, got `)),
      });
    }
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a directory', () => PythonRouters.fromDirectory(token), /PythonRouters\.fromDirectory: directory must be a string that is known at synthesis/],
    ['options', () => PythonRouters.fromDirectory('x', null as never), /PythonRouters\.fromDirectory: the options must be an object, got null/],
    ['an attribute', () => PythonRouters.fromDirectory(backend(FILES), { attribute: 'class' }), /attribute must be the name of a variable, such as "router", got "class"/],
    ['an override', () => PythonRouters.fromMap({ '/x': 'a:b' }, { overrides: { '/x': { preload: 'yes' as never } } }), /overrides\["\/x"\]\.preload must be true or false, got "yes"/],
    ['a map', () => PythonRouters.fromMap(['a:b'] as never), /routers must be an object, got a list of 1/],
    ['a set', () => PythonRouters.combine({} as never), /routers\[0\] must be made by PythonRouters\.fromDirectory/],
  ])('a wrong value of %s of routers', (_, action, message) => {
    expect(failure(action)).toMatchObject({ code: 'ROUTERS', message: expect.stringMatching(message) });
  });

  test('files that have the place of generated ones, and extension modules for another machine', () => {
    expect(failure(() => create({}, backend({ ...FILES, 'lazy_api/mine.py': '' })))).toMatchObject({ code: 'ENTRY_NAME', message: expect.stringContaining('"lazy_api/mine.py", which belongs to cdk-lazy-api') });
    expect(failure(() => create({}, backend({ ...FILES, 'fast.cpython-38-x86_64-linux-gnu.so': '' })))).toMatchObject({
      code: 'BINARY_FOREIGN', message: expect.stringMatching(/native code for CPython 3\.\d+ on Linux arm64 .*, got fast\.cpython-38-x86_64-linux-gnu\.so for cpython-38/),
    });
  });

  test.each<[string, string, Buffer, string]>([
    ['macOS', 'fast.cpython-313-darwin.so', Buffer.from('cffaedfe0c000001', 'hex'), 'fast.cpython-313-darwin.so for macOS'],
    ['another processor', 'vendor/fast.so', elf({ machine: MACHINE.x64 }), 'vendor/fast.so for Linux x64 with glibc'],
    ['another C library', 'vendor/fast.abi3.so', elf({ needed: ['libc.musl-aarch64.so.1'] }), 'vendor/fast.abi3.so for Linux arm64 with musl'],
  ])('native code in entry for %s', (_, file, contents, got) => {
    const entry = backend(FILES);
    fs.mkdirSync(path.dirname(path.join(entry, file)), { recursive: true });
    fs.writeFileSync(path.join(entry, file), contents);
    expect(failure(() => create({}, entry)).message).toMatch(new RegExp(`entry must contain only native code for CPython 3.* on Linux arm64 .*, got ${got}; install its package`));
  });

  test('a Lambda function with verification off is built without running verification', () => {
    expect(create({ verify: Verify.off() }).manifest!.routers.map(({ kind }) => kind)).toEqual([undefined, undefined]);
  });
});

test('routers of a directory have another attribute if the user says so', () => {
  const entry = backend(Object.fromEntries(Object.entries(FILES).map(([file, text]) => [file, text.replace('def router', 'def endpoint')])));
  const routers = PythonRouters.fromDirectory(path.join(entry, 'api'), { attribute: 'endpoint' });
  expect(create({ routers }, entry).prefixes).toEqual(['/orders', '/users']);
  expect(failure(() => PythonRouters.fromDirectory(path.join(entry, 'api'), { attribute: 'a-b' }))).toMatchObject({ code: 'ROUTERS' });
});

test('a missing directory, a wrong target and an override without a router fail', () => {
  expect(failure(() => PythonRouters.fromDirectory('no/such'))).toMatchObject({ code: 'ROUTERS_DIRECTORY', message: expect.stringMatching(/^PythonRouters\.fromDirectory: directory must be an existing directory/) });
  expect(failure(() => PythonRouters.fromMap({ '/x': 'api/users.py' }))).toMatchObject({ code: 'ROUTERS', message: expect.stringMatching(/routers\["\/x"\] must be a module and an attribute/) });
  expect(failure(() => PythonRouters.fromMap({ '/x': 'a:b' }, { overrides: { '/y': {} } }))).toMatchObject({ code: 'OVERRIDE_UNMATCHED', message: expect.stringContaining('the prefixes are /x') });
  expect(failure(() => PythonRouters.fromMap({}))).toMatchObject({ code: 'ROUTERS_EMPTY' });
  expect(failure(() => PythonRouters.combine())).toMatchObject({ code: 'ROUTERS_EMPTY' });
});
