import * as path from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { ParamsAndSecretsLogLevel, ParamsAndSecretsVersions } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Inputs, KNOWN, numberToken, Options, Row, stringToken } from './inputs';
import { PreloadPolicy, ProvisionedConcurrency, Rollout, SecretsCache, Verify } from '../../lib';
import { secretIn } from '../support/app';
import { project } from '../support/project';

const BOOLEAN: Row = { valid: [true, false] };
const NO_TOKEN = /must be a string that is known at synthesis, got a token, which is known only at deployment/;

const sizes = (prop: string): Row => ({
  valid: [1, 1e9],
  invalid: [0, -1, NaN].map((value) => [value, new RegExp(`budgets\\.${prop} must be a number of bytes, more than 0, got ${value}`)]),
  token: [numberToken, /must be a number of bytes, more than 0, got a token/],
});

const withCache = (secretsCache: SecretsCache, stack: Stack) => ({ secrets: { DB: secretIn(stack) }, secretsCache });

const client = (): { readonly [prop: string]: Row } => ({
  timeout: { valid: [Duration.millis(100), Duration.minutes(1)], invalid: [[Duration.millis(99), /timeout must be a Duration in whole milliseconds, at least 100, got 99 millis/]], token: [Duration.millis(numberToken), KNOWN] },
  maxConnections: { valid: [1, 100], invalid: [[0, /maxConnections must be a whole number of at least 1, got 0/], [1.5, /got 1\.5/]], token: [numberToken, KNOWN] },
  staleOnError: { valid: [Duration.seconds(0), Duration.days(1)], token: [Duration.seconds(numberToken), KNOWN] },
});

export const CODE: readonly Inputs[] = [
  {
    of: 'BundlingOptions',
    code: 'BUNDLING_OPTION',
    create: (bundling) => ({ bundling }),
    rows: () => ({
      minify: BOOLEAN,
      keepNames: BOOLEAN,
      sourceMap: BOOLEAN,
      target: { valid: ['node22', 'es2022', 'esnext'], invalid: [['es5', /bundling\.target must support import\(\)/]], token: [stringToken, NO_TOKEN] },
      define: { valid: [{}, { 'process.env.STAGE': '"prod"' }], invalid: [[{ A: 5 }, /bundling\.define\["A"\] must be a string/]], token: [{ A: `"${stringToken}"` }, NO_TOKEN] },
      externalModules: { valid: [[], ['pg-*']], invalid: [[[5], /bundling\.externalModules\[0\] must be a string/]], token: [[stringToken], NO_TOKEN] },
      nodeModules: { valid: [[]], invalid: [[[5], /bundling\.nodeModules\[0\] must be a string/], [['pg-*'], /nodeModules\[0\] must be the name of a package, got "pg-\*"/], [['sharp/lib'], /got "sharp\/lib"/], [['cdk-lazy-api'], /nodeModules must not match "cdk-lazy-api\/runtime"/]], token: [[stringToken], NO_TOKEN] },
      loader: { valid: [{}, { '.sql': 'text' }], invalid: [[{ '.sql': 'txt' }, /bundling\.loader\["\.sql"\] must be one of "base64", .* got "txt"/]], token: [{ '.sql': stringToken }, /must be one of "base64", .* got a token/] },
      tsconfig: { valid: ['tsconfig.json'], invalid: [['nowhere.json', /tsconfig must be an existing file/], ['lib', /tsconfig must be an existing file/]], token: [stringToken, NO_TOKEN] },
      conditions: { valid: [[], ['worker']], invalid: [[[5], /bundling\.conditions\[0\] must be a string/]], token: [[stringToken], NO_TOKEN] },
      mainFields: { valid: [['main']], invalid: [[[5], /bundling\.mainFields\[0\] must be a string/]], token: [[stringToken], NO_TOKEN] },
      banner: { valid: ['', '/* (c) */'], invalid: [['const require = 1', /banner must not declare require/]], token: [`/* ${stringToken} */`, NO_TOKEN] },
      projectRoot: { valid: ['/'], token: [stringToken, NO_TOKEN] },
      alias: { valid: [{}, { 'lodash': 'lodash-es', '@a/b': './c' }], invalid: [[{ './a': 'b' }, /a name in bundling\.alias must be the name of a package/], [{ '': 'b' }, /must be the name of a package/], [{ 'cdk-lazy-api': 'x' }, /bundling\.alias\["cdk-lazy-api"\] must be left out/], [{ a: 5 }, /bundling\.alias\["a"\] must be a string/]], token: [{ a: stringToken }, NO_TOKEN] },
      inject: { valid: [[], ['LICENSE']], invalid: [[['nowhere.js'], /bundling\.inject\[0\] must be an existing file; looked for/], [[5], /bundling\.inject\[0\] must be a string/]], token: [[stringToken], NO_TOKEN] },
      drop: { valid: [[], ['console', 'debugger']], invalid: [[['all'], /bundling\.drop\[0\] must be one of "console", "debugger", got "all"/]], token: [[stringToken], /must be one of "console", "debugger", got a token/] },
      jsx: { valid: ['transform', 'automatic'], invalid: [['preserve', /bundling\.jsx must be one of "transform", "automatic", got "preserve"/]], token: [stringToken, /got a token/] },
      jsxImportSource: { valid: ['preact', 'hono/jsx'], token: [stringToken, NO_TOKEN] },
      jsxFactory: { valid: ['h', 'Preact.h', '$'], invalid: [['h(', /bundling\.jsxFactory must be a name, such as "h" or "Preact\.h", got "h\("/], ['', /got ""/], ['1', /got "1"/]], token: [stringToken, /must be a name, .* got a token/] },
      jsxFragment: { valid: ['Fragment', 'Preact.Fragment'], invalid: [['<>', /bundling\.jsxFragment must be a name/]], token: [stringToken, /must be a name, .* got a token/] },
      supported: { valid: [{}, { 'bigint': false, 'dynamic-import': true }], invalid: [[{ 'dynamic-import': false }, /bundling\.supported\["dynamic-import"\] must be true or left out/], [{ bigint: 'no' }, /bundling\.supported\["bigint"\] must be true or false/]] },
      files: {
        valid: [{}, { templates: 'anywhere' }, { 'a/b.c': 'x' }, { '..a': 'x' }],
        invalid: [
          ...['', '/a', 'a/', 'a//b', '.', './a', '../a', 'a/..', 'a\\b', 'a\0'].map((target): [object, RegExp] => [{ [target]: 'x' }, /a name in bundling\.files must be a path below the asset's root, such as "templates", .*, got "/]),
          [{ a: 5 }, /bundling\.files\["a"\] must be a string/],
        ],
        token: [{ a: stringToken }, NO_TOKEN],
      },
    }),
  },
  {
    of: 'ColdStartBudgets',
    code: 'BUDGET',
    create: (budgets) => ({ budgets }),
    rows: () => ({
      initBytes: sizes('initBytes'),
      routerBytes: sizes('routerBytes'),
      routers: { valid: [{}, { '/users': 1 }], invalid: [[{ '/users': 0 }, /budgets\.routers\["\/users"\] must be a number of bytes, more than 0, got 0/], [{ '/user': 1 }, /must name a router's prefix/]], token: [{ '/users': numberToken }, /must be a number of bytes, more than 0, got a token/] },
    }),
  },
  {
    of: 'PreloadPolicy.sharedBy',
    code: 'PRELOAD_FRACTION',
    create: ({ fraction }: { fraction: never }) => ({ preloadPolicy: PreloadPolicy.sharedBy(fraction) }),
    rows: () => ({
      fraction: {
        valid: [Number.MIN_VALUE, 1], invalid: [0, 1.01, NaN].map((value) => [value, /must be a number, more than 0 and at most 1, got/]), token: [numberToken, /got a token/],
      },
    }),
  },
  {
    of: 'PreloadOptions',
    code: 'PRELOAD_OPTION',
    create: (options) => ({ preloadPolicy: PreloadPolicy.memoryAware(options) }),
    rows: () => ({ include: { valid: [[]], invalid: [[[5], /include\[0\] must be a string that is known at synthesis, got 5/], ['a', /include must be a list/]], token: [[stringToken], NO_TOKEN] } }),
  },
  {
    of: 'VerifyAtSynthOptions',
    code: 'VERIFY',
    create: (options) => ({ verify: Verify.atSynth(options) }),
    rows: () => ({
      environment: { valid: [{}, { A: '' }], invalid: [[{ A: 5 }, /Verify\.atSynth: environment\["A"\] must be a string, got 5/]], token: [{ A: `x${stringToken}` }, KNOWN] },
      requests: { valid: [path.join(project({ 'smoke.json': '[]' }), 'smoke.json')], invalid: [['nowhere.json', /must be an existing file; looked for/]], token: [stringToken, NO_TOKEN] },
    }),
  },
  { of: 'SecretsClientOptions', at: 'none', code: 'SECRETS_CACHE', create: (options, stack) => withCache(SecretsCache.none(options), stack), rows: client },
  { of: 'SecretsClientOptions', at: 'extension', code: 'SECRETS_CACHE', create: (options, stack) => withCache(SecretsCache.extension(options), stack), rows: client },
  {
    of: 'SecretsCacheOptions',
    code: 'SECRETS_CACHE',
    create: (options, stack) => withCache(SecretsCache.extension(options), stack),
    rows: () => ({
      ttl: { valid: [Duration.seconds(0), Duration.minutes(5)], invalid: [[Duration.seconds(301), /ttl must be a Duration in whole seconds, from 0 to 300/], [Duration.millis(500), /got 500 millis/]], token: [Duration.seconds(numberToken), KNOWN] },
      maxSize: { valid: [0, 1000], invalid: [[-1, /maxSize must be a whole number from 0 to 1000, got -1/], [1001, /got 1001/]], token: [numberToken, KNOWN] },
      logLevel: { valid: Object.values(ParamsAndSecretsLogLevel), invalid: [['trace', /logLevel must be one of "debug"/]] },
      port: { valid: [1, 65535], invalid: [[0, /port must be a whole number from 1 to 65535, got 0/], [65536, /got 65536/]], token: [numberToken, KNOWN] },
      version: { valid: Object.values(ParamsAndSecretsVersions) },
      layerVersionArn: { valid: ['arn:aws:lambda:eu-central-1:123456789012:layer:L:1'], invalid: [['arn:aws:lambda:eu-central-1:123456789012:layer:L', /layerVersionArn must be the ARN of a layer version/]], token: [stringToken, 'accepted'] },
    }),
  },
  {
    of: 'LazyApiFunctionProps',
    at: 'secrets',
    code: 'PROPS|SECRETS',
    create: (given: object, stack) => ({ secrets: { DB: Secret.fromSecretNameV2(stack, 'Declared', 'db') }, ...given }),
    rows: (stack) => ({
      secrets: { valid: [{}, { _A1: secretIn(stack) }], invalid: [[{ 1: secretIn(new Stack()) }, /secrets: a name must contain/], [{ A: 'hunter2' }, /secrets\["A"\] must be an ISecret, got a string$/]] },
      parameters: { valid: [{}, { A: StringParameter.fromStringParameterName(stack, 'P', '/p') }], invalid: [[{ A: '/p' }, /parameters\["A"\] must be an IParameter, got a string$/]] },
      secretsCache: { valid: [SecretsCache.none()] },
    }),
  },
  {
    of: 'LazyApiFunctionProps',
    at: 'delivery',
    code: 'PROPS',
    create: (given: Options) => given,
    rows: () => ({ rollout: { valid: [Rollout.allAtOnce()] }, provisionedConcurrency: { valid: [ProvisionedConcurrency.fixed(1)] } }),
  },
];

