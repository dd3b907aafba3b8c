/**
 * Mistakes of users: prefixes, checked by an oracle of their grammar, and odd values of the correct type.
 */
import { Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import fc from 'fast-check';
import { newApp, routerFile, Subject } from './project';
import { segmentsOf } from '../dispatch/api';
import { property } from '../run/concern';

const segment = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('users', 'Users', 'USERS', 'a', '{id}', '{other}') },
  { weight: 6, arbitrary: fc.constantFrom('v1', 'it\'s', 'a.b', 'a:b', '...', '$default', 'constructor', '__proto__', '{__proto__}', '{constructor}') },
  { weight: 2, arbitrary: fc.constantFrom('', '.', '..', ':id', '{', '}', '{}', '{proxy}', '{proxy+}', '{id+}', '{1a}', 'a{id}', '[id]', '*', 'a b', '%2e', 'ü', 'a?b', '#', '\\', '\n', '{a-b}') },
  { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
);
const prefix = fc.oneof({ weight: 12, arbitrary: fc.array(segment, { maxLength: 3 }).map((texts) => `/${texts.join('/')}`) }, { weight: 1, arbitrary: fc.string({ maxLength: 4 }) });

/** Two similar or equal prefixes, or a single prefix. */
const twins = fc.tuple(prefix, fc.constantFrom(/users/i, /\{id\}/, /a/, /$/), fc.constantFrom('USERS', 'Users', '{other}', '/b'))
  .map(([one, find, by]) => [...new Set([one, one.replace(find, by)])]);

const isLiteral = (text: string) => /^[\w\-.~!$&'()+,;=:@]+$/.test(text) && !['.', '..'].includes(text) && !text.startsWith(':');
const isParameter = (text: string) => /^\{[A-Za-z_]\w*\}$/.test(text) && text !== '{proxy}';

function isPrefix(text: string): boolean {
  if (text === '/') return true;
  if (!text.startsWith('/') || /[\n\r]/.test(text)) return false;
  const texts = text.slice(1).split('/');
  const parameters = texts.filter((one) => one.startsWith('{'));
  return texts.every((one) => isLiteral(one) || isParameter(one)) && new Set(parameters).size === parameters.length;
}

const declared = fc.oneof({ weight: 3, arbitrary: fc.uniqueArray(prefix, { minLength: 1, maxLength: 2 }) }, { weight: 1, arbitrary: twins });

/** Two prefixes that requests or case-insensitive file systems cannot distinguish. */
const shapeOf = (text: string) => text.replace(/\{\w+\}/g, '{}').toLowerCase();

export const PREFIXES = 'prefixes are accepted or refused as their grammar defines, and each gets its two routes';

export const grammar = property(PREFIXES, 300, declared, (prefixes, subject: Subject) => {
  const entry = routerFile('users');
  const valid = prefixes.every(isPrefix) && new Set(prefixes.map(shapeOf)).size === prefixes.length;
  const outcome = outcomeOf(() => new subject.LazyApiFunction(new Stack(newApp(), 'Api'), 'Function', {
    routers: subject.Routers.fromMap(Object.fromEntries(prefixes.map((one) => [one, { entry }]))), verify: subject.Verify.off(), monitoring: { dashboard: false },
  }).endpoint.routes);
  if (!valid) return expect(outcome).toEqual({ code: expect.stringMatching(/^LazyApiError \[PREFIX_/) });
  expect({ routes: [...outcome.value ?? []].sort(), code: outcome.code }).toEqual({ routes: prefixes.flatMap((one) => [`ANY ${one}`, `ANY ${segmentsOf(one).length ? one : ''}/{proxy+}`]).sort(), code: undefined });
});

function outcomeOf<T>(act: () => T): { readonly value?: T; readonly code?: string } {
  try {
    return { value: act() };
  } catch (error) {
    return { code: `${(error as Error).name}${(error as Error).name.startsWith('LazyApiError') ? '' : `: ${(error as Error).message}`}` };
  }
}

/** By type: values that users can write, and values that are known only at deployment. */
const TEXTS = ['', ' ', 'x', '/', '$default', 'https://', 'https://a.example/path', 'http://a.example', '*', 'null', 'ü', '\n', 'a,b', '__proto__', 'x'.repeat(3000), '${Token[x]}'];
const VALUES = {
  text: [...TEXTS.map((text) => () => text), () => Lazy.string({ produce: () => 'x' }), () => Token.asString({ Ref: 'AWS::Region' }), () => Fn.importValue('x')],
  number: [...[0, -0, -1, 0.5, 1, 7, 1e9, NaN, Infinity, -Infinity, 2 ** 53].map((number) => () => number), () => Lazy.number({ produce: () => 1 })],
  list: [...[[], [''], ['*'], ['*', '*'], ['x'], ['x', 'x'], ['https://a.example'], TEXTS].map((list) => () => list), () => Lazy.list({ produce: () => ['x'] }), () => [Lazy.string({ produce: () => 'x' })], () => Fn.split(',', Fn.ref('AWS::Region'))],
  duration: [0, 1, 50, 999, 1000, 1500, 86_400_000, 1e12].map((milliseconds) => () => Duration.millis(milliseconds)),
  tokenDuration: [() => Duration.seconds(Lazy.number({ produce: () => 1 })), () => Duration.millis(Lazy.number({ produce: () => 1 }))],
};

const SPOTS = {
  'entry': 'text', 'trafficShare': 'number', 'http.stageName': 'text', 'http.apiName': 'text', 'http.description': 'text', 'http.cors.allowOrigins': 'list', 'http.cors.allowMethods': 'list', 'http.cors.allowHeaders': 'list',
  'http.cors.exposeHeaders': 'list', 'http.cors.maxAge': 'duration', 'http.routes': 'text', 'http.throttle.rateLimit': 'number', 'rest.stageName': 'text', 'rest.apiName': 'text', 'rest.integrationTimeout': 'duration', 'rest.cors.allowOrigins': 'list', 'rest.cors.exposeHeaders': 'list',
  'functionUrl.cors.allowOrigins': 'list', 'functionUrl.cors.allowMethods': 'list', 'jwt.issuer': 'text', 'jwt.audience': 'list', 'jwt.scopes': 'list', 'lambda.cache': 'duration', 'lambda.identity': 'list',
  'cache.ttl': 'duration', 'cache.timeout': 'duration', 'cache.maxConnections': 'number', 'cache.maxSize': 'number', 'cache.port': 'number', 'cache.layerVersionArn': 'text', 'secrets': 'text', 'memorySize': 'number',
} as const satisfies { readonly [spot: string]: keyof typeof VALUES };

const spot = fc.constantFrom(...Object.keys(SPOTS) as Array<keyof typeof SPOTS>);

export const ODD_VALUES = 'a value that the types allow gives a template or a clear error';

/** Errors that do not explain the mistake or its fix. */
const UNCLEAR = /^(TypeError|RangeError|ReferenceError|SyntaxError|InternalError|Error: E[A-Z]+)/;

export const oddValues = property(ODD_VALUES, 120, spot.chain((one) => fc.record({ spot: fc.constant(one), value: fc.constantFrom<() => unknown>(...VALUES[SPOTS[one]], ...SPOTS[one] === 'duration' ? VALUES.tokenDuration : []) })), ({ spot: where, value: make }, subject: Subject) => {
  const app = newApp();
  const stack = new Stack(app, 'Api', { env: { account: '123456789012', region: 'eu-central-1' } });
  const outcome = outcomeOf(() => {
    new subject.LazyApiFunction(stack, 'Function', { verify: subject.Verify.off(), ...propsWith(subject, stack, where, make() as never) } as never);
    app.synth();
  });
  // CDK's own checks can fail with CDK's own messages.
  expect(outcome.code ?? '').not.toMatch(UNCLEAR);
});

/** Props with one odd value. */
function propsWith({ ApiAuthorization, ApiEndpoint, Routers, SecretsCache }: Subject, stack: Stack, where: keyof typeof SPOTS, value: never): object {
  const entry = routerFile('users');
  const routers = Routers.fromMap({ '/users': { entry } });
  const secrets = { DB: Secret.fromSecretNameV2(stack, 'Secret', 'db') };
  const [group, ...names] = where.split('.');
  const options = names.reduceRight<Record<string, object>>((inner, name) => ({ [name]: inner }), value);
  const endpointOptions = names[0] === 'routes' ? { routes: { [value as string]: { authorization: ApiAuthorization.none() } } } : names[0] === 'cors' ? { cors: { allowOrigins: ['https://a.example'], ...options.cors } } : options;
  switch (group) {
    case 'entry': case 'trafficShare': return { routers: Routers.fromMap({ '/users': { entry, [group]: value } }) };
    case 'http': case 'rest': case 'functionUrl': return { routers, endpoint: ApiEndpoint[group](endpointOptions as never) };
    case 'jwt': return { routers, endpoint: ApiEndpoint.http({ authorization: ApiAuthorization.jwt({ issuer: 'https://a.example', audience: ['a'], ...options }) }) };
    case 'lambda': return { routers, endpoint: ApiEndpoint.http({ authorization: ApiAuthorization.lambdaAuthorizer(handlerIn(stack), options) }) };
    case 'cache': return { routers, secrets, secretsCache: SecretsCache.extension(options) };
    case 'secrets': return { routers, secrets: { [value as string]: secrets.DB } };
    default: return { routers, [group]: value };
  }
}

function handlerIn(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
}
