import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { LazyApiFunctionProps, SecretsCache, Verify } from '../../lib';
import { SecretsConfig } from '../../lib/contract/secrets';
import { newApi, newAppWithoutBundling, newStack, routersAt, routersOf, secretIn } from '../support/app';

type Props = Partial<LazyApiFunctionProps> | ((stack: Stack) => Partial<LazyApiFunctionProps>);

function create(props: Props, env?: { region: string }) {
  const stack = newStack({ env }, newAppWithoutBundling());
  return newApi({ routers: routersAt(['/users']), ...typeof props === 'function' ? props(stack) : props }, stack);
}

const synthesise = (...args: Parameters<typeof create>) => Template.fromStack(Stack.of(create(...args)));

const aSecret = (stack: Stack) => ({ secrets: { DB: secretIn(stack) } });

function functionOf(template: Template) {
  const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } }));
  return Properties as { Environment?: { Variables: { [name: string]: unknown } }; Layers?: unknown[] };
}

/** Returns the configuration of the function. Renders references as `${LogicalId}`. */
function configOf(template: Template): SecretsConfig {
  const value = functionOf(template).Environment!.Variables.LAZY_API_SECRETS;
  const text = typeof value === 'string' ? value : (value as { 'Fn::Join': [string, Array<string | { Ref: string }>] })['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `\${${part.Ref}}`)).join('');
  return JSON.parse(text) as SecretsConfig;
}

/** Returns all policy statements of the function's role, except for its log group. */
function statementsOf(template: Template) {
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('ApiRole'));
  return (policy.Properties.PolicyDocument.Statement as Array<{ Action: string | string[]; Resource: unknown }>).filter(({ Action }) => ![Action].flat()[0].startsWith('logs:'));
}

test('the function gets the extension, the identifiers, and permission to read exactly these values', () => {
  const template = synthesise((stack) => ({
    secrets: { DB_CREDENTIALS: new secretsmanager.Secret(stack, 'Db') },
    parameters: { FEATURE_FLAGS: new ssm.StringParameter(stack, 'Flags', { stringValue: 'on' }) },
  }), { region: 'eu-central-1' });
  expect(configOf(template)).toEqual({
    secrets: { DB_CREDENTIALS: expect.stringMatching(/^\$\{Db/) }, parameters: { FEATURE_FLAGS: expect.stringMatching(/^\$\{Flags/) },
    port: 2773, timeout: 3000, connections: 3, ttl: 300_000, staleOnError: 0,
  });
  expect(functionOf(template).Environment!.Variables).toMatchObject({
    PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'true', PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '1000', PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '2773',
    PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'warn', PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS: '3',
    SECRETS_MANAGER_TIMEOUT_MILLIS: '3000', SECRETS_MANAGER_TTL: '300', SSM_PARAMETER_STORE_TIMEOUT_MILLIS: '3000', SSM_PARAMETER_STORE_TTL: '300',
  });
  expect(functionOf(template).Layers).toEqual([expect.stringMatching(/^arn:aws:lambda:eu-central-1:\d+:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:\d+$/)]);
  const statements = statementsOf(template);
  expect(statements.map(({ Action }) => Action)).toEqual([['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], expect.arrayContaining(['ssm:GetParameter'])]);
  expect(JSON.stringify(statements)).not.toContain('"*"');
});

test('the template contains no secret values', () => {
  const json = JSON.stringify(synthesise((stack) => ({
    secrets: { DB: new secretsmanager.Secret(stack, 'Db', { generateSecretString: { secretStringTemplate: '{"user":"ada"}', generateStringKey: 'password' } }) },
    parameters: { KEY: ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Key', { parameterName: '/app/key' }) },
  })).toJSON());
  expect(json).not.toMatch(/resolve:(secretsmanager|ssm)/);
});

test('the function can use KMS keys, and reads imported secrets and parameters by name', () => {
  const template = synthesise((stack) => {
    const key = new kms.Key(stack, 'Key');
    return {
      secrets: { OWN: new secretsmanager.Secret(stack, 'Own', { encryptionKey: key }), NAMED: secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'app/named') },
      parameters: { SECURE: ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Secure', { parameterName: '/app/secure', encryptionKey: key }) },
    };
  });
  expect(configOf(template)).toMatchObject({ secrets: { NAMED: 'app/named' }, parameters: { SECURE: '/app/secure' } });
  expect(statementsOf(template).map(({ Action }) => Action)).toContain('kms:Decrypt');
});

test('the layer matches the architecture, and layerVersionArn overrides it', () => {
  expect(functionOf(synthesise((stack) => ({ ...aSecret(stack), architecture: lambda.Architecture.X86_64 }), { region: 'eu-central-1' })).Layers).toEqual([expect.stringMatching(/Extension:\d+$/)]);
  const layerVersionArn = 'arn:aws:lambda:mx-central-1:241533131596:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:3';
  expect(functionOf(synthesise((stack) => ({ ...aSecret(stack), secretsCache: SecretsCache.extension({ layerVersionArn }) }), { region: 'mx-central-1' })).Layers).toEqual([layerVersionArn]);
});

test('a stack without a region finds the layer at deployment', () => {
  expect(functionOf(synthesise(aSecret)).Layers).toEqual([{ 'Fn::FindInMap': [expect.any(String), { Ref: 'AWS::Region' }, expect.any(String)] }]);
});

test('a region without a layer in aws-cdk-lib is refused, and the error names the alternatives', () => {
  expect(() => create(aSecret, { region: 'il-central-1' }))
    .toThrow(/TestStack\/Api: secretsCache: aws-cdk-lib has no layer of the Parameters and Secrets extension 1\.0\.103 for arm64 in il-central-1; set layerVersionArn .*, or use another architecture or SecretsCache\.none\(\)/);
});

test('the options of the cache configure the extension and the client', () => {
  const template = synthesise((stack) => ({
    ...aSecret(stack),
    secretsCache: SecretsCache.extension({
      ttl: Duration.seconds(60), maxSize: 10, maxConnections: 7, timeout: Duration.millis(800), port: 4000, staleOnError: Duration.minutes(10), logLevel: lambda.ParamsAndSecretsLogLevel.DEBUG,
    }),
  }));
  expect(configOf(template)).toMatchObject({ port: 4000, timeout: 800, connections: 7, ttl: 60_000, staleOnError: 600_000 });
  expect(functionOf(template).Environment!.Variables).toMatchObject({
    PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '10', PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '4000', PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'debug',
    PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS: '7', SECRETS_MANAGER_TIMEOUT_MILLIS: '800', SECRETS_MANAGER_TTL: '60', SSM_PARAMETER_STORE_TTL: '60',
  });
});

test('without a cache, the function has no layer and calls AWS itself', () => {
  const template = synthesise((stack) => ({ ...aSecret(stack), secretsCache: SecretsCache.none() }));
  expect(configOf(template).port).toBeUndefined();
  expect(functionOf(template).Layers).toBeUndefined();
});

test('without secrets, the function has no variables or layer, and paramsAndSecrets can add the extension', () => {
  expect(functionOf(synthesise({})).Environment).toBeUndefined();
  const byHand = lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103);
  expect(functionOf(synthesise({ paramsAndSecrets: byHand }, { region: 'eu-central-1' })).Layers).toHaveLength(1);
});

test.each<[string, Props, RegExp]>([
  ['paramsAndSecrets together with secrets', (stack) => ({ ...aSecret(stack), paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103) }), /paramsAndSecrets cannot be combined with secrets and parameters.*secretsCache: SecretsCache\.extension/],
  ['an invalid name of a secret', (stack) => ({ secrets: { 'db-1': new secretsmanager.Secret(stack, 'Secret') } }), /secrets: a name must contain only letters, digits, and "_", and must not begin with a digit, got "db-1"/],
  ['an invalid name of a parameter', (stack) => ({ parameters: { '1st': new ssm.StringParameter(stack, 'P', { stringValue: 'x' }) } }), /parameters: a name must contain .* got "1st"/],
  ['the library\'s own variable', { environment: { LAZY_API_SECRETS: '{}' } }, /environment: LAZY_API_SECRETS is not supported/],
  ['a secret value in a variable', { environment: { LAZY_API_SECRET_DB: 'hunter2' } }, /environment: LAZY_API_SECRET_DB is not supported: it is only for use outside of Lambda/],
  ['a cache without secrets', { secretsCache: SecretsCache.none() }, /secretsCache has nothing to cache/],
  ['too many secrets', (stack) => ({ secrets: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`SECRET_${i}`, new secretsmanager.Secret(stack, `S${i}`)])) }), /secrets and parameters need about \d+ bytes of environment variables, but a function has 4096/],
])('%s: synthesis fails, and the error says what to do', (_, props, message) => {
  expect(() => create(props)).toThrow(message);
});

test.each<[string, () => SecretsCache, RegExp]>([
  ['ttl', () => SecretsCache.extension({ ttl: Duration.seconds(301) }), /ttl must be a Duration in whole seconds, from 0 to 300, got 5 minutes 1 second/],
  ['maxSize', () => SecretsCache.extension({ maxSize: 1001 }), /maxSize must be a whole number from 0 to 1000, got 1001$/],
  ['maxConnections', () => SecretsCache.none({ maxConnections: 0 }), /maxConnections must be a whole number of at least 1, got 0$/],
  ['timeout', () => SecretsCache.none({ timeout: Duration.millis(0) }), /timeout must be a Duration in whole milliseconds, at least 100, got 0 millis/],
  ['port', () => SecretsCache.extension({ port: 70000 }), /port must be a whole number from 1 to 65535, got 70000$/],
])('an invalid %s is refused', (_, cache, message) => {
  expect(cache).toThrow(message);
});

test('if a router reads a secret while it loads, verification says how to provide the value', () => {
  const routers = routersOf({ 'src/routers/users.ts': 'import { getSecret } from "cdk-lazy-api/runtime"; const { user } = await getSecret<{ user: string }>("DB"); export const handler = async () => ({ statusCode: 200, body: user });' });
  const api = (verify: Verify) => {
    const stack = newStack();
    return newApi({ ...aSecret(stack), routers, verify }, stack);
  };
  expect(() => api(Verify.atSynth())).toThrow(/\/api\/users[^]*outside of Lambda, the value of DB comes from the environment variable LAZY_API_SECRET_DB[^]*Verify\.atSynth\(\{ environment/);
  expect(api(Verify.atSynth({ environment: { LAZY_API_SECRET_DB: '{"user":"ada"}' } })).manifest?.routers[0].kind).toBe('lambda');
});
