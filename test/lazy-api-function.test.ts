import { CfnParameter, Duration, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LazyApiFunction, LazyApiFunctionProps, PreloadPolicy, Verify } from '../lib';
import { newApi, newApp, newStack, routersOf } from './support/app';
import { handlerSource } from './support/project';
import * as verification from '../lib/routers/verification/load-every-router';

const templateOf = (api: LazyApiFunction) => Template.fromStack(Stack.of(api));

/** The function with these props, as a CloudFormation resource. */
function functionOf(props: Partial<LazyApiFunctionProps> = {}, stack?: Stack) {
  const template = templateOf(newApi(props, stack));
  return Object.values(template.findResources('AWS::Lambda::Function'))[0].Properties;
}

describe('the function', () => {
  test('has the defaults that the README promises', () => {
    expect(functionOf()).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1024,
      Timeout: 29,
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  test('keeps its logs for a month, and retains them after the stack is deleted', () => {
    templateOf(newApi()).hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('can write to its own log group and do nothing else', () => {
    const template = templateOf(newApi());
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^ApiLogGroup/), 'Arn'] } },
    ]);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('accepts the usual options', () => {
    expect(functionOf({
      memorySize: 512,
      timeout: Duration.seconds(10),
      architecture: lambda.Architecture.X86_64,
      runtime: lambda.Runtime.NODEJS_22_X,
      functionName: 'clinic',
      reservedConcurrentExecutions: 5,
      tracing: lambda.Tracing.ACTIVE,
      environment: { STAGE: 'prod' },
    })).toMatchObject({
      MemorySize: 512, Timeout: 10, Architectures: ['x86_64'], Runtime: 'nodejs22.x', FunctionName: 'clinic', ReservedConcurrentExecutions: 5, TracingConfig: { Mode: 'Active' },
      Environment: { Variables: { STAGE: 'prod' } },
    });
  });

  test('uses an existing log group and an existing role, and the role can write to the log group', () => {
    const stack = newStack();
    const api = newApi({
      logGroup: new logs.LogGroup(stack, 'Mine'),
      role: new iam.Role(stack, 'MyRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    }, stack);
    const template = templateOf(api);
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('^Mine') } } });
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [Match.objectLike({ Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } })] } });
    expect(stack.resolve(api.logGroup.logGroupName)).toEqual({ Ref: expect.stringMatching(/^Mine/) });
  });

  test('accepts an L1 construct as its log group', () => {
    const stack = newStack();
    templateOf(newApi({ logGroup: new logs.CfnLogGroup(stack, 'Mine') }, stack)).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] })] },
    });
  });

  test('accepts an option that is switched off', () => {
    expect(() => newApi({ deadLetterQueueEnabled: false })).not.toThrow();
  });

  test('has connections in a VPC and can manage its network interfaces, also with an existing role', () => {
    const stack = newStack();
    const api = newApi({
      vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      role: new iam.Role(stack, 'MyRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    }, stack);
    api.connections.allowToAnyIpv4(ec2.Port.tcp(5432));
    templateOf(api).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']) })]) },
    });
  });

  test('has no connections without a VPC, and CDK throws its own error', () => {
    expect(() => newApi().connections).toThrow(/VPC/);
  });

  test('receives the permissions that other constructs grant to the construct', () => {
    const stack = newStack();
    new sns.Topic(stack, 'Topic').grantPublish(newApi({}, stack));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'sns:Publish' })]) } });
  });

  test('gets Node.js\'s source map option in addition to its own options if source maps are on', () => {
    expect(functionOf({ bundling: { sourceMap: true } }).Environment.Variables).toEqual({ NODE_OPTIONS: '--enable-source-maps' });
    expect(functionOf({ bundling: { sourceMap: true }, environment: { NODE_OPTIONS: '--no-warnings' } }).Environment.Variables.NODE_OPTIONS).toBe('--no-warnings --enable-source-maps');
  });
});

describe('synthesis refuses', () => {
  test.each<[string, Partial<LazyApiFunctionProps>, string, RegExp]>([
    ['a Python runtime', { runtime: lambda.Runtime.PYTHON_3_13 }, 'RUNTIME', /TestStack\/Api: runtime must be Node\.js 22 or newer, got python3\.13/],
    ['an old Node.js', { runtime: lambda.Runtime.NODEJS_20_X }, 'RUNTIME', /got nodejs20\.x/],
    ['SnapStart', { snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS }, 'FUNCTION_OPTION', /TestStack\/Api: snapStart is not supported: Lambda supports SnapStart for Node\.js \(since September 2026\) only in container images, and a restore takes 0\.4 to 0\.6 seconds/],
    ['logRetention', { logRetention: logs.RetentionDays.ONE_DAY }, 'FUNCTION_OPTION', /logRetention is not supported: .*pass a logGroup/],
    ['a dead letter queue', { deadLetterQueueEnabled: true }, 'FUNCTION_OPTION', /deadLetterQueueEnabled is not supported/],
    ['retryAttempts, even if it is zero', { retryAttempts: 0 }, 'FUNCTION_OPTION', /retryAttempts is not supported/],
    ['event sources', { events: [] }, 'FUNCTION_OPTION', /events is not supported: routers serve only API requests/],
    ['an application log level that drops the request log', { applicationLogLevelV2: lambda.ApplicationLogLevel.WARN }, 'FUNCTION_OPTION', /applicationLogLevelV2 must be INFO or lower, got WARN: .*set the environment variable LAZY_API_LOG_LEVEL to WARN/],
    ['an unknown log level', { environment: { LAZY_API_LOG_LEVEL: 'verbose' } }, 'FUNCTION_OPTION', /environment\.LAZY_API_LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL, got "verbose"/],
    ['a log level below Lambda\'s log level', { environment: { LAZY_API_LOG_LEVEL: 'debug' } }, 'FUNCTION_OPTION', /LAZY_API_LOG_LEVEL is debug, but Lambda drops lines below INFO; set applicationLogLevelV2 too/],
    ['text logs', { loggingFormat: lambda.LoggingFormat.TEXT }, 'FUNCTION_OPTION', /loggingFormat must be JSON, got Text/],
    ['a bundling option that does not support splitting', { bundling: { target: 'es5' } }, 'BUNDLING_OPTION', /TestStack\/Api: bundling\.target/],
  ])('%s', (_, props, code, message) => {
    expect(() => newApi(props)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test('a router that fails to load', () => {
    const routers = routersOf({ 'src/routers/users.ts': 'const name = "only-at-home"; export default require(name);' });
    expect(() => newApi({ routers, verify: Verify.atSynth() })).toThrow(expect.objectContaining({ code: 'ROUTER_DOES_NOT_LOAD', message: expect.stringMatching(/^TestStack\/Api: a router does not load/) }));
  });
});

describe('verification', () => {
  const checks = (condition: string) => routersOf({ 'src/routers/users.ts': `if (!(${condition})) throw new Error(JSON.stringify(process.env)); ${handlerSource('users')}` });

  test('is on by default', () => {
    expect(() => newApi({ routers: checks('false'), verify: undefined })).toThrow(expect.objectContaining({ code: 'ROUTER_DOES_NOT_LOAD' }));
    expect(() => newApi({ routers: checks('false'), verify: Verify.off() })).not.toThrow();
  });

  test('sets the function\'s environment variables, with plausible values for those that are known only at deployment', () => {
    const stack = newStack({ env: { region: 'eu-central-1' } });
    const topic = new sns.Topic(stack, 'Topic');
    newApi({
      routers: checks('process.env.STAGE === "prod" && process.env.TOPIC_ARN.split(":").length === 6 && new URL(process.env.QUEUE_URL) && new URL(process.env.MIXED) && process.env.AWS_REGION === "eu-central-1"'),
      verify: Verify.atSynth(),
      environment: { STAGE: 'prod', TOPIC_ARN: topic.topicArn, QUEUE_URL: Lazy.string({ produce: () => 'later' }), MIXED: `https://${topic.topicName}/x` },
    }, stack);
  });

  test('accepts other values for variables that are known only at deployment', () => {
    const environment = { MAX: Lazy.string({ produce: () => 'later' }) };
    const routers = checks('Number(process.env.MAX) > 0');
    expect(() => newApi({ routers, environment, verify: Verify.atSynth() })).toThrow(/verification used plausible values: MAX/);
    expect(() => newApi({ routers, environment, verify: Verify.atSynth({ environment: { MAX: '10' } }) })).not.toThrow();
  });

  test('runs once for the same API in two Stages', () => {
    const spawn = jest.spyOn(verification, 'loadEveryRouter');
    const app = newApp();
    const routers = checks('true');
    for (const name of ['Dev', 'Prod']) new LazyApiFunction(new Stack(new Stage(app, name), 'Stack'), 'Api', { routers });
    expect(spawn).toHaveBeenCalledTimes(1);
    spawn.mockRestore();
  });
});

describe('the preload plan', () => {
  const policyOf = (props: Partial<LazyApiFunctionProps>, stack?: Stack) => newApi(props, stack).manifest!.preload.policy;

  test('depends on the function\'s memory size', () => {
    expect(policyOf({})).toBe('memory aware at 1024 MB');
    expect(policyOf({ memorySize: 256 })).toBe('memory aware at 256 MB');
    expect(policyOf({ preloadPolicy: PreloadPolicy.everything() })).toBe('everything at 1024 MB');
  });

  test('uses the default memory size, with a warning, if the memory size is known only at deployment', () => {
    const stack = newStack();
    expect(policyOf({ memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }, stack)).toBe('memory aware at 1024 MB');
    Annotations.fromStack(stack).hasWarning('/TestStack/Api', Match.stringLikeRegexp('memorySize is known only at deployment.*1024 MB'));
  });
});

describe('an external module', () => {
  const files = {
    'src/routers/a.ts': 'import { x } from "from-a-layer"; export const handler = async () => x;',
    'node_modules/from-a-layer/index.js': 'exports.x = 1;',
  };
  const warnings = (props: Partial<LazyApiFunctionProps>) => {
    const stack = newStack();
    newApi({ routers: routersOf(files), verify: Verify.atSynth(), bundling: { externalModules: ['from-a-*', '@aws-sdk/*'] }, ...props }, stack);
    return Annotations.fromStack(stack).findWarning('/TestStack/Api', Match.stringLikeRegexp('from-a-layer: external to the bundle, but the function has no layer'));
  };

  test('causes a warning if the function has no layer, even if verification finds the module locally', () => {
    expect(warnings({})).toHaveLength(1);
  });

  test('causes no warning if the code works without it, like an optional dependency of a package', () => {
    const optional = { 'src/routers/a.ts': 'export const handler = async () => import("from-a-layer").catch(() => ({ statusCode: 204 }));' };
    expect(warnings({ routers: routersOf(optional) })).toEqual([]);
  });

  test('causes no warning if a layer may contain it', () => {
    const stack = newStack();
    expect(warnings({ layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-central-1:123456789012:layer:x:1')] })).toEqual([]);
  });
});

test('the prefixes are known even if bundling is skipped', () => {
  const skipped = newApi({}, newStack({}, newApp({ context: { 'aws:cdk:bundling-stacks': [] } })));
  expect(skipped.prefixes).toEqual(['/api/orders', '/api/users']);
});

describe('stacks and Stages', () => {
  test('a stack can contain several APIs', () => {
    const stack = newStack();
    for (const id of ['A', 'B']) new LazyApiFunction(stack, id, { routers: routersOf({ 'src/routers/x.ts': handlerSource(id) }), verify: Verify.off() });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 2);
    expect(Object.keys(template.findOutputs('*'))).toHaveLength(2);
  });

  test('the Stages of an app have the same API', () => {
    const app = newApp();
    const routers = routersOf();
    const [dev, prod] = ['Dev', 'Prod'].map((name) => new LazyApiFunction(new Stack(new Stage(app, name), 'Stack'), 'Api', { routers, verify: Verify.off() }));
    const [a, b] = [dev, prod].map((api) => templateOf(api).toJSON().Resources);
    expect(Object.keys(a)).toEqual(Object.keys(b));
  });

  test.each([[undefined], [{ account: '123456789012', region: 'eu-central-1' }]])('a stack with the environment %j synthesizes', (env) => {
    templateOf(newApi({}, newStack({ env }))).resourceCountIs('AWS::Lambda::Function', 1);
  });
});
