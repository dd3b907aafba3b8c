import { App, Duration } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { ODD_VALUES } from './odd-values';
import { ApiAuthorization, ApiEndpoint, LazyApiFunction, LazyApiFunctionProps, PreloadPolicy, ProvisionedConcurrency, RequestLog, Rollout, Routers, SecretsCache, Verify } from '../../lib';
import { LazyApiError } from '../../lib/private/errors';
import { newApi, newAppWithoutBundling, newStack, routersAt, routersOf } from '../support/app';
import { handlerSource, project } from '../support/project';

const routers = routersOf();
const root = project({ 'routers/users.ts': handlerSource('users') });

/** Creates a function with unchecked props, like in JavaScript. */
function api(props: object | undefined, app: App = newAppWithoutBundling()): LazyApiFunction {
  return new LazyApiFunction(newStack({}, app), 'Api', props as LazyApiFunctionProps);
}

test.each<[wrong: string, create: () => unknown, code: string, message: string]>([
  ['no props', () => api(undefined), 'PROPS', 'the props of LazyApiFunction must be an object, got undefined'],
  ['no routers', () => api({}), 'PROPS', 'routers must be made by Routers.fromDirectory(), Routers.fromMap() or Routers.combine(), got undefined'],
  ['routers as a map', () => api({ routers: { '/users': 'src/users.ts' } }), 'PROPS', 'routers must be made by Routers.fromDirectory(), Routers.fromMap() or Routers.combine(), got an object'],
  ['the class Verify', () => api({ routers, verify: Verify }), 'PROPS', 'verify must be made by Verify.atSynth() or Verify.off(), got the class Verify'],
  ['a factory that was not called', () => api({ routers, verify: Verify.off }), 'PROPS', 'verify must be made by Verify.atSynth() or Verify.off(), got the function off; call it'],
  ['a string instead of a policy', () => api({ routers, preloadPolicy: 'everything' }), 'PROPS', 'preloadPolicy must be a PreloadPolicy, like PreloadPolicy.memoryAware(), got "everything"'],
  ['an instance of the wrong class', () => api({ routers, endpoint: Verify.off() }), 'PROPS', 'endpoint must be an ApiEndpoint, like ApiEndpoint.http(), got an instance of Off'],
  ['a runtime name instead of a runtime', () => api({ routers, runtime: 'nodejs24.x' }), 'PROPS', 'runtime must be a runtime, like lambda.Runtime.NODEJS_24_X, got "nodejs24.x"'],
  ['a number instead of a timeout', () => api({ routers, timeout: 29 }), 'PROPS', 'timeout must be a Duration, like Duration.seconds(29), got 29'],
  ['memory as a string', () => api({ routers, memorySize: '1024' }), 'PROPS', 'memorySize must be a number, got "1024"'],
  ['null', () => api({ routers, bundling: null }), 'PROPS', 'bundling must be an object, got null'],
  ['options that were not awaited', () => api({ routers, budgets: Promise.resolve({}) }), 'PROPS', 'budgets must be an object, got an instance of Promise'],
  ['a string instead of a list of layers', () => api({ routers, layers: 'arn' }), 'PROPS', 'layers must be a list, got "arn"'],
  ['an ARN instead of a layer', () => api({ routers, layers: ['arn:aws:lambda'] }), 'PROPS', 'layers[0] must be a layer, got "arn:aws:lambda"'],
  ['a name instead of a log group', () => api({ routers, logGroup: '/aws/lambda/x' }), 'PROPS', 'logGroup must be a log group, got "/aws/lambda/x"'],
  ['a string flag', () => api({ routers, bundling: { minify: 'false' } }), 'BUNDLING_OPTION', 'bundling.minify must be true or false, got "false"'],
  ['an external module instead of a list', () => api({ routers, bundling: { externalModules: 'pg' } }), 'BUNDLING_OPTION', 'bundling.externalModules must be a list, got "pg"'],
  ['a constant that is not a string', () => api({ routers, bundling: { define: { N: 1 } } }), 'BUNDLING_OPTION', 'bundling.define["N"] must be a string that is known at synthesis, got 1'],
  ['a budget as a string', () => api({ routers, budgets: { initBytes: '5' } }), 'BUDGET', 'budgets.initBytes must be a number of bytes, more than 0, got "5"'],
  ['a wrong budget of a router', () => api({ routers, budgets: { routers: { '/api/users': null } } }), 'BUDGET', 'budgets.routers["/api/users"] must be a number of bytes, more than 0, got null'],
  ['reserved concurrency that is not a number', () => api({ routers, reservedConcurrentExecutions: NaN }), 'PROPS', 'reservedConcurrentExecutions must be a whole number of at least 0, got NaN'],
  ['a symbol instead of a number', () => api({ routers, reservedConcurrentExecutions: Symbol('s') }), 'PROPS', 'reservedConcurrentExecutions must be a whole number of at least 0, got Symbol(s)'],
  ['null as the options of an endpoint', () => api({ routers, endpoint: ApiEndpoint.rest(null as unknown as object) }), 'ENDPOINT_OPTION', 'ApiEndpoint.rest: the options must be an object, got null'],
  ['undefined as the directory', () => Routers.fromDirectory(undefined as unknown as string), 'ROUTERS', 'Routers.fromDirectory: directory must be a string that is known at synthesis, got undefined'],
  ['options that are a string', () => Routers.fromDirectory(root, '/api' as unknown as object), 'ROUTERS', 'Routers.fromDirectory: the options must be an object, got "/api"'],
  ['an override that is a flag', () => Routers.fromDirectory(`${root}/routers`, { overrides: { users: true as unknown as object } }), 'ROUTERS', 'Routers.fromDirectory: overrides["users"] must be an object, got true'],
  ['a map that is a list', () => Routers.fromMap([] as unknown as {}), 'ROUTERS', 'routers must be an object, got a list of 0'],
  ['a path instead of the options of a router', () => Routers.fromMap({ '/users': 'src/users.ts' as unknown as { entry: string } }), 'ROUTERS', 'routers["/users"] must be an object, got "src/users.ts"'],
  ['a router without an entry', () => Routers.fromMap({ '/users': {} as { entry: string } }), 'ROUTERS', 'routers["/users"].entry must be a string that is known at synthesis, got undefined'],
  ['a share as a string', () => Routers.fromMap({ '/users': { entry: 'x', trafficShare: '1' as unknown as number } }), 'ROUTERS', 'routers["/users"].trafficShare must be a fraction, more than 0 and at most 1, got "1"'],
  ['a fraction as a string', () => PreloadPolicy.sharedBy('0.5' as unknown as number), 'PRELOAD_FRACTION', 'PreloadPolicy.sharedBy: fraction must be a number, more than 0 and at most 1, got "0.5"'],
  ['an environment as a string', () => Verify.atSynth({ environment: 'A=b' as unknown as {} }), 'VERIFY', 'Verify.atSynth: environment must be an object, got "A=b"'],
])('%s is refused', (_, create, code, message) => {
  const thrown = thrownBy(create) as LazyApiError;
  expect(thrown.code).toBe(code);
  expect(thrown.message.replace('TestStack/Api: ', '')).toBe(message);
});

test('props of the declared types are accepted', () => {
  const props: LazyApiFunctionProps = {
    routers, endpoint: ApiEndpoint.rest(), preloadPolicy: PreloadPolicy.nothing(), verify: Verify.off(), requestLog: RequestLog.everyRequest(), rollout: Rollout.allAtOnce(),
    provisionedConcurrency: ProvisionedConcurrency.fixed(1), timeout: Duration.seconds(3), architecture: Architecture.X86_64, layers: [], environment: { AB: '' },
  };
  expect(() => api(props)).not.toThrow();
  expect(() => api({ routers, secretsCache: undefined, budgets: {}, bundling: { minify: undefined } })).not.toThrow();
  expect(SecretsCache.extension()).toHaveProperty('_resolved');
});

/** Functions that pass a value to a prop or a parameter, and build the result. */
const PLACES: { readonly [place: string]: (value: never) => unknown } = {
  'the props': (value) => api(value),
  ...places(['routers', 'endpoint', 'runtime', 'secretsCache', 'preloadPolicy', 'budgets', 'verify', 'requestLog', 'rollout', 'provisionedConcurrency', 'urlOutput'], (props) => api({ routers, ...props })),
  ...places(['architecture', 'memorySize', 'timeout', 'environment', 'role', 'logGroup', 'loggingFormat', 'currentVersionOptions', 'applicationLogLevelV2', 'layers', 'reservedConcurrentExecutions'], (props) => api({ routers, ...props })),
  ...places(['bundling'], (props) => newApi({ routers, ...props })),
  ...places(
    ['minify', 'keepNames', 'sourceMap', 'target', 'define', 'externalModules', 'loader', 'tsconfig', 'conditions', 'mainFields', 'banner', 'projectRoot', 'files', 'alias', 'inject', 'drop', 'jsx', 'jsxImportSource', 'jsxFactory', 'jsxFragment', 'supported'],
    (bundling) => newApi({ routers, bundling }),
  ),
  'bundling.define.X': (value) => newApi({ routers, bundling: { define: { X: value } } }),
  'bundling.loader[".x"]': (value) => newApi({ routers, bundling: { loader: { '.x': value } } }),
  'bundling.alias.x': (value) => newApi({ routers, bundling: { alias: { x: value } } }),
  'a name in bundling.alias': (value) => newApi({ routers, bundling: { alias: { [nameOf(value)]: 'x' } } }),
  'bundling.inject[0]': (value) => newApi({ routers, bundling: { inject: [value] } }),
  'bundling.supported.bigint': (value) => newApi({ routers, bundling: { supported: { bigint: value } } }),
  'bundling.files["x"]': (value) => newApi({ routers, bundling: { files: { x: value } } }),
  'a target of bundling.files': (value) => newApi({ routers, bundling: { files: { [nameOf(value)]: `${root}/routers` } } }),
  ...places(['initBytes', 'routerBytes', 'routers'], (budgets) => newApi({ routers, budgets })),
  'budgets.routers["/api/users"]': (value) => newApi({ routers, budgets: { routers: { '/api/users': value } } }),
  'environment.NAME': (value) => newApi({ routers, environment: { NAME: value } }),
  'a name in environment': (value) => api({ routers, environment: { [nameOf(value)]: 'x' } }),
  'the directory': (value) => Routers.fromDirectory(value),
  'the options of fromDirectory': (value) => Routers.fromDirectory(`${root}/routers`, value),
  'basePath': (value) => newApi({ routers: Routers.fromDirectory(`${root}/routers`, { basePath: value }) }),
  'overrides': (value) => Routers.fromDirectory(`${root}/routers`, { overrides: value }),
  'overrides.users': (value) => newApi({ routers: Routers.fromDirectory(`${root}/routers`, { overrides: { users: value } }) }),
  'routers of a map': (value) => newApi({ routers: Routers.fromMap(value) }),
  'a prefix': (value) => newApi({ routers: Routers.fromMap({ [nameOf(value)]: { entry: `${root}/routers/users.ts` } }) }),
  'a router': (value) => newApi({ routers: Routers.fromMap({ '/a': value }) }),
  'a segment of a prefix, REST': (value) => newApi({ routers: routersAt([`/${nameOf(value)}`, `/a/${nameOf(value)}`]), endpoint: ApiEndpoint.rest() }),
  ...places(['entry', 'preload', 'trafficShare', 'stripPrefix'], (props) => newApi({ routers: Routers.fromMap({ '/a': { entry: `${root}/routers/users.ts`, ...props } }) })),
  'the options of atSynth': (value) => Verify.atSynth(value),
  'the environment of atSynth': (value) => api({ routers, verify: Verify.atSynth({ environment: value }) }),
  'a variable of atSynth': (value) => newApi({ routers, verify: Verify.atSynth({ environment: { NAME: value } }) }),
  ...Object.fromEntries((['http', 'rest', 'functionUrl'] as const).map((kind) => [`the options of ApiEndpoint.${kind}`, (value: never) => api({ routers, endpoint: ApiEndpoint[kind](value) })])),
  ...places(['authorization', 'routes', 'cors', 'domain', 'webAcl', 'usagePlan', 'vpcEndpoints', 'accessLogGroup'], (options) => api({ routers, endpoint: ApiEndpoint.rest(options) })),
  ...Object.fromEntries((['canary', 'linear'] as const).flatMap((kind) => [
    [`the percent of ${kind}`, (value: never) => Rollout[kind](value, Duration.minutes(1))],
    [`the interval of ${kind}`, (value: never) => Rollout[kind](10, value)],
    [`the options of ${kind}`, (value: never) => Rollout[kind](10, Duration.minutes(1), value)],
  ])),
  'the options of jwt': (value) => ApiAuthorization.jwt(value),
  ...places(['monitoring', 'secrets', 'parameters'], (props) => api({ routers, ...props })),
  'the fraction of sharedBy': (value) => PreloadPolicy.sharedBy(value),
};

function places(names: readonly string[], create: (props: object) => unknown): { [place: string]: (value: unknown) => unknown } {
  return Object.fromEntries(names.map((name) => [name, (value: unknown) => create({ [name]: value })]));
}

/** Converts a value to a key, which is always a string. */
function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value;
}

test.each(Object.entries(PLACES))('for all odd values, %s works or causes a LazyApiError', (_, create) => {
  for (const [name, value] of ODD_VALUES) {
    const thrown = thrownBy(() => create(value as never));
    if (thrown !== undefined && !(thrown instanceof LazyApiError)) throw new Error(`${name} ends in ${(thrown as Error).stack}`);
  }
});

function thrownBy(create: () => unknown): unknown {
  try {
    create();
    return undefined;
  } catch (error) {
    return error;
  }
}
