import * as fs from 'fs';
import * as path from 'path';
import { Duration, TimeZone, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import jsonata from 'jsonata';
import { ApiEndpoint, LazyApiFunction, LazyApiFunctionProps, ProvisionedConcurrency, RequestLog, Rollout, Verify } from '../../lib';
import { fires } from '../monitoring/cloudwatch';
import { alarmsOf, templateWith } from '../monitoring/support';
import { assetOf, newApi, newStack, routersOf } from '../support/app';
import { handlerSource } from '../support/project';

const QUIET = { alarms: false, dashboard: false, savedQueries: false };
const canary = (options = {}) => Rollout.canary(10, Duration.minutes(5), options);

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly PolicyDocument: { readonly Statement: Array<{ readonly Action: string | string[]; readonly Resource: unknown }> };
    readonly AutoRollbackConfiguration?: unknown;
    readonly AlarmConfiguration: { readonly Alarms: unknown[] };
  };
  readonly UpdatePolicy?: unknown;
  readonly DeletionPolicy?: string;
}

const resourcesOf = (template: Template) => template.toJSON().Resources as { readonly [id: string]: Resource };
const oneOf = (template: Template, type: string) => Object.values(resourcesOf(template)).find(({ Type }) => Type === type)!;
const countOf = (template: Template, service: string) => Object.values(resourcesOf(template)).filter(({ Type }) => Type.startsWith(service)).length;

describe('the alias', () => {
  test.each<[string, ApiEndpoint, string]>([
    ['an HTTP API', ApiEndpoint.http(), 'AWS::ApiGatewayV2::Integration'],
    ['a REST API', ApiEndpoint.rest(), 'AWS::ApiGateway::Method'],
    ['a function URL', ApiEndpoint.functionUrl(), 'AWS::Lambda::Url'],
  ])('is what %s invokes, and no permission allows calls to the function directly', (_, endpoint, type) => {
    const template = templateWith({ endpoint, monitoring: QUIET });
    template.hasResourceProperties('AWS::Lambda::Alias', { Name: 'live', FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('CurrentVersion'), 'Version'] } });
    const pointing = JSON.stringify(oneOf(template, type).Properties);
    expect(/ApiAlias|"Qualifier":"live"/.test(pointing)).toBe(true);
    for (const { Properties } of Object.values(template.findResources('AWS::Lambda::Permission'))) expect(Properties.FunctionName).toEqual({ Ref: expect.stringMatching(/^ApiAlias/) });
  });

  test('has versions that are retained, except if their own deployment fails or removalPolicy is set', () => {
    const policyOf = (props = {}) => oneOf(templateWith({ monitoring: QUIET, ...props }), 'AWS::Lambda::Version').DeletionPolicy;
    expect([policyOf(), policyOf({ currentVersionOptions: { removalPolicy: undefined } }), policyOf({ currentVersionOptions: { removalPolicy: 'destroy' } })])
      .toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate', 'Delete']);
  });

  test('is updated by CloudFormation, without CodeDeploy, if there is no rollout', () => {
    const template = templateWith({ monitoring: QUIET });
    expect(oneOf(template, 'AWS::Lambda::Alias').UpdatePolicy).toBeUndefined();
    expect(countOf(template, 'AWS::CodeDeploy')).toBe(0);
    expect(resourcesOf(templateWith({ monitoring: QUIET, rollout: Rollout.allAtOnce() }))).toEqual(resourcesOf(template));
  });
});

/** A part of a text in a template. */
function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  return (part as { Ref: string }).Ref === 'AWS::Partition' ? 'aws-cn' : 'FUNCTION';
}

describe('retainedVersions', () => {
  const template = templateWith({ monitoring: QUIET, retainedVersions: 3 });
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine')) as Array<{ Properties: { DefinitionString: { 'Fn::Join': [string, unknown[]] } } }>;
  const definition = JSON.parse(machine.Properties.DefinitionString['Fn::Join'][1].map(textOf).join(''));
  const { States: states } = definition;

  test('lists the versions once a day, and deletes all of them except the newest', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^ApiVersionsRetention') } })] });
    expect(states.List).toMatchObject({ Resource: 'arn:aws-cn:states:::aws-sdk:lambda:listVersionsByFunction', Arguments: { FunctionName: 'FUNCTION', MaxItems: 25 } });
    expect(states.DeleteOld.ItemProcessor.States.Delete).toMatchObject({
      Resource: 'arn:aws-cn:states:::aws-sdk:lambda:deleteFunction', Arguments: { FunctionName: 'FUNCTION', Qualifier: '{% $string($states.input) %}' },
    });
  });

  test.each([
    ['no version', ['$LATEST'], []],
    ['one', ['$LATEST', '7'], []],
    ['as many as stay', ['$LATEST', '7', '8', '9'], []],
    ['one more', ['$LATEST', '10', '9', '8', '7'], [7]],
    ['several more, in the order of their digits', ['$LATEST', '10', '11', '12', '8', '9'], [8, 9]],
  ])('finds the versions to delete among %s', async (_, versions, old) => {
    const expression = /^\{%(.*)%\}$/s.exec(states.List.Output)![1];
    const result = await jsonata(expression).evaluate({}, { states: { result: { Versions: versions.map((Version) => ({ Version })) } } }) as number[];
    expect([...result]).toEqual(old);
  });

  test('deletes one version after the other for at most five minutes, and waits if AWS throttles', () => {
    expect(definition).toMatchObject({ TimeoutSeconds: 300, Comment: 'Deletes versions of a function, except the newest 3' });
    expect(states.DeleteOld.MaxConcurrency).toBe(1);
    expect(states.DeleteOld.ItemProcessor.States.Delete.Retry).toEqual([expect.objectContaining({ ErrorEquals: ['Lambda.TooManyRequestsException'] })]);
  });

  test('keeps a version that an alias points to', () => {
    expect(states.DeleteOld.ItemProcessor.States.Delete.Catch).toEqual([{ ErrorEquals: expect.arrayContaining(['Lambda.ResourceConflictException']), Next: 'Stays' }]);
  });

  test('may delete versions of this function only, and not the function', () => {
    const policy = Object.entries(resourcesOf(template)).find(([id]) => id.startsWith('ApiVersionsRoleDefaultPolicy'))![1].Properties.PolicyDocument;
    const arn = { 'Fn::GetAtt': [expect.stringMatching(/^ApiFunction/), 'Arn'] };
    expect(policy.Statement).toEqual([
      { Action: 'lambda:ListVersionsByFunction', Effect: 'Allow', Resource: arn },
      { Action: 'lambda:DeleteFunction', Effect: 'Allow', Resource: { 'Fn::Join': ['', [arn, ':*']] } },
    ]);
  });

  test('is off by default, and must be from 2 to 10', () => {
    expect(countOf(templateWith({ monitoring: QUIET }), 'AWS::StepFunctions')).toBe(0);
    for (const retainedVersions of [1, 11, 2.5]) {
      expect(() => templateWith({ retainedVersions })).toThrow(/retainedVersions must be a whole number from 2 to 10, got/);
    }
  });
});

describe('a rollout', () => {
  test.each<[string, Rollout, object]>([
    ['that is all at once and verified', Rollout.allAtOnce({ verify: true }), { Type: 'AllAtOnce' }],
    ['that is a canary', canary(), { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryInterval: 5, CanaryPercentage: 10 } }],
    ['in steps', Rollout.linear(20, Duration.hours(1)), { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearInterval: 60, LinearPercentage: 20 } }],
  ])('%s uses CodeDeploy', (_, rollout, routing) => {
    const template = templateWith({ rollout, monitoring: QUIET });
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentConfig', { ComputePlatform: 'Lambda', TrafficRoutingConfig: routing });
    expect(oneOf(template, 'AWS::Lambda::Alias').UpdatePolicy).toEqual({
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: expect.stringMatching(/^ApiRolloutApplication/) },
        DeploymentGroupName: { Ref: expect.stringMatching(/^ApiRolloutDeploymentGroup/) },
        BeforeAllowTrafficHook: { Ref: expect.stringMatching(/^ApiRolloutHook/) },
      },
    });
  });

  test('is exposed', () => {
    const api = newApi({ rollout: canary(), monitoring: QUIET });
    expect(api.deploymentGroup!.deploymentGroupName).toBeDefined();
    expect([api.alias.aliasName, newApi({ monitoring: QUIET }).deploymentGroup]).toEqual(['live', undefined]);
  });

  test('rolls back if it fails, if it is stopped, or if an alarm of the new version fires', () => {
    const { Properties } = oneOf(templateWith({ rollout: canary(), monitoring: QUIET }), 'AWS::CodeDeploy::DeploymentGroup');
    expect(Properties.AutoRollbackConfiguration).toEqual({ Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'] });
    expect(Properties.AlarmConfiguration).toEqual({ Enabled: true, Alarms: [{ Name: { Ref: expect.stringMatching(/^ApiRolloutErrorRateAlarm/) } }, { Name: { Ref: expect.stringMatching(/^ApiRolloutLoadFailuresAlarm/) } }] });
  });

  test('supports additional alarms', () => {
    const template = templateWith((stack) => ({
      monitoring: QUIET,
      rollout: canary({ rollbackAlarms: [new Alarm(stack, 'Ours', { metric: new Metric({ namespace: 'X', metricName: 'Y' }), threshold: 1, evaluationPeriods: 1 })] }),
    }));
    expect(oneOf(template, 'AWS::CodeDeploy::DeploymentGroup').Properties.AlarmConfiguration.Alarms).toHaveLength(3);
  });

  test('gives CodeDeploy only the permissions that it needs for this function', () => {
    const template = templateWith({ rollout: canary(), monitoring: QUIET });
    const policies = Object.entries(resourcesOf(template)).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && /^ApiRollout/.test(id));
    const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(statements.map(({ Action }) => [Action].flat().join()).sort()).toEqual([
      'cloudwatch:DescribeAlarms', 'codedeploy:PutLifecycleEventHookExecutionStatus', 'lambda:GetAlias,lambda:UpdateAlias', 'lambda:InvokeFunction', 'lambda:InvokeFunction', 'logs:CreateLogStream,logs:PutLogEvents',
    ]);
    expect(statements.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual(['cloudwatch:DescribeAlarms']);
    expect(JSON.stringify(template.toJSON())).not.toContain('AWSCodeDeployRole');
  });

  test('has no circular dependencies between resources', () => {
    const resources = resourcesOf(templateWith({ rollout: canary(), reservedConcurrentExecutions: 5 }));
    const needs = (id: string) => [...new Set(JSON.stringify(resources[id]).match(/[A-Za-z0-9]+/g))].filter((other) => other in resources && other !== id);
    const visit = (id: string, way: readonly string[]): void => {
      expect(way).not.toContain(id);
      needs(id).forEach((other) => visit(other, [...way, id]));
    };
    const alias = Object.keys(resources).find((id) => resources[id].Type === 'AWS::Lambda::Alias')!;
    visit(alias, []);
    // All resources that a rollout needs exist before traffic moves.
    const before = needs(alias).map((id) => resources[id].Type);
    expect(before).toEqual(expect.arrayContaining(['AWS::CodeDeploy::DeploymentGroup', 'AWS::CloudWatch::Alarm', 'AWS::IAM::Policy', 'AWS::Lambda::Function', 'AWS::Lambda::Version']));
  });
});

describe('the alarms of a rollout', () => {
  const template = templateWith({ rollout: canary(), monitoring: QUIET });
  const alarms = alarmsOf(template);
  const rollback = Object.entries(alarms).filter(([name]) => name.startsWith('rollout')).map(([, alarm]) => alarm);
  const many = (count: number, value: number) => Array<number>(count).fill(value);
  const minute = (requests: number, serverErrors: number, timeouts = 0, loadFailures = 0) => ({
    Invocations: many(requests, 1),
    Errors: [...many(requests - timeouts, 0), ...many(timeouts, 1)],
    ServerErrors: timeouts === requests ? [] : many(serverErrors, 1),
    RouterLoadFailures: many(loadFailures, 1),
  });

  test.each<[string, ReturnType<typeof minute>, boolean]>([
    ['a healthy version', minute(100, 0), false],
    ['a version with one failure', minute(100, 1), false],
    ['two failures among few requests', minute(3, 2), false],
    ['a version with many failures', minute(100, 50), true],
    ['a version that never responds', minute(5, 0, 5), true],
    ['a version with a router that does not load', minute(100, 1, 0, 1), true],
    ['a version without requests', minute(0, 0), false],
  ])('fire as expected for %s', (_, series, fired) => {
    expect(rollback).toHaveLength(2);
    expect(rollback.some((alarm) => fires(alarm, [series]))).toBe(fired);
  });

  test('can be made more or less strict', () => {
    const strict = Object.values(alarmsOf(templateWith({ rollout: canary({ maxErrorRate: 0, minErrorCount: 1 }), monitoring: QUIET })));
    expect(strict.some((alarm) => fires(alarm, [minute(1000, 1)]))).toBe(true);
  });

  test('monitor only the new version', () => {
    const dimensions = rollback.flatMap((alarm) => [
      ...(alarm as { Dimensions?: unknown[] }).Dimensions ? [(alarm as unknown as { Dimensions: Array<{ Name: string; Value: unknown }> }).Dimensions] : [],
      ...alarm.Metrics?.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric.Dimensions as Array<{ Name: string; Value: unknown }>] : [])) ?? [],
    ]);
    expect(dimensions).toHaveLength(4);
    for (const of of dimensions) {
      expect(of.find(({ Name }) => Name === 'ExecutedVersion')!.Value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/CurrentVersion/), 'Version'] });
    }
  });

  test('are new for each version, so the alarm state of the previous version has no effect', () => {
    const idsOf = (text: string) => {
      const stack = newStack();
      newApi({ routers: routersOf({ 'src/routers/users.ts': handlerSource(text) }), rollout: canary(), monitoring: QUIET, verify: Verify.off() }, stack);
      return Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    };
    const [first, again, second] = [idsOf('a'), idsOf('a'), idsOf('b')];
    expect(again).toEqual(first);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    expect(second.map((id) => id.slice(0, -32))).toEqual(first.map((id) => id.slice(0, -32)));
  });

  test('have logical IDs within CloudFormation\'s limit in a deep tree of constructs', () => {
    const stack = newStack();
    const deep = Array.from({ length: 8 }, (_, at) => `${'Deep'.repeat(10)}${at}`).reduce<Construct>((scope, id) => new Construct(scope, id), stack);
    new LazyApiFunction(deep, 'Api', { routers: routersOf(), rollout: canary(), monitoring: QUIET, verify: Verify.off() });
    const ids = Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    expect(ids).toHaveLength(2);
    expect(ids.filter((id) => id.length > 255)).toEqual([]);
  });

  test('have their metrics, because the function reports these for each version', () => {
    const asset = assetOf(newApi({ rollout: canary(), monitoring: QUIET, verify: Verify.off() }));
    const main = fs.readFileSync(path.join(asset, 'main.mjs'), 'utf8');
    expect(/perVersionMetrics:!0|"perVersionMetrics":true/.test(main)).toBe(true);
  });
});

describe('provisioned concurrency', () => {
  test('can be fixed', () => {
    templateWith({ provisionedConcurrency: ProvisionedConcurrency.fixed(5) }).hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 } });
  });

  test('can follow its utilization', () => {
    const template = templateWith({ provisionedConcurrency: ProvisionedConcurrency.targetTracking({ maxCapacity: 20 }) });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1, MaxCapacity: 20, ScalableDimension: 'lambda:function:ProvisionedConcurrency', ServiceNamespace: 'lambda' });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', { TargetTrackingScalingPolicyConfiguration: { TargetValue: 0.7, PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' } } });
  });

  test('can follow a schedule', () => {
    const template = templateWith({
      provisionedConcurrency: ProvisionedConcurrency.schedule([
        { schedule: Schedule.cron({ hour: '7', minute: '0' }), minCapacity: 10, maxCapacity: 20 },
        { schedule: Schedule.cron({ hour: '19', minute: '0' }), timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 0 },
      ]),
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 0, MaxCapacity: 20,
      ScheduledActions: [
        { Schedule: 'cron(0 7 * * ? *)', ScalableTargetAction: { MinCapacity: 10, MaxCapacity: 20 } },
        { Schedule: 'cron(0 19 * * ? *)', Timezone: 'Europe/Berlin', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } },
      ].map((action) => Match.objectLike(action)),
    });
  });
});

test('reserved concurrency is passed to the function', () => {
  templateWith({ reservedConcurrentExecutions: 7 }).hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 7 });
});

test.each<[string, () => Partial<LazyApiFunctionProps>, RegExp]>([
  ['a percentage of 0', () => ({ rollout: Rollout.canary(0, Duration.minutes(5)) }), /Rollout\.canary: percent must be a whole number from 1 to 99, got 0/],
  ['a percentage of 100', () => ({ rollout: Rollout.linear(100, Duration.minutes(5)) }), /Rollout\.linear: percent must be a whole number from 1 to 99, got 100/],
  ['an interval that is not in whole minutes', () => ({ rollout: Rollout.linear(10, Duration.seconds(90)) }), /Rollout\.linear: interval must be a Duration in whole minutes, at least 1, got 1 minute 30 seconds/],
  ['an interval of a week', () => ({ rollout: Rollout.canary(10, Duration.days(7)) }), /Rollout\.canary: all traffic must move within 48 hours, got 1 times Duration\.days\(7\)/],
  ['a rollout of a week', () => ({ rollout: Rollout.linear(5, Duration.hours(9)) }), /Rollout\.linear: all traffic must move within 48 hours, got 19 times Duration\.hours\(9\)/],
  ['an error rate of 100 %', () => ({ rollout: canary({ maxErrorRate: 100 }) }), /maxErrorRate must be a number from 0 to 99, got 100/],
  ['an error count of 0', () => ({ rollout: canary({ minErrorCount: 0 }) }), /minErrorCount must be a whole number of at least 1, got 0/],
  ['a canary without the request log', () => ({ rollout: canary(), requestLog: RequestLog.none() }), /TestStack\/Api: rollout needs the metrics in the request log to roll back; leave requestLog out, or use Rollout\.allAtOnce/],
  ['a canary with provisioned concurrency', () => ({ rollout: canary(), provisionedConcurrency: ProvisionedConcurrency.fixed(1) }), /provisionedConcurrency needs rollout: Rollout\.allAtOnce\(\) without verify/],
  ['a provisioned concurrency of 0', () => ({ provisionedConcurrency: ProvisionedConcurrency.fixed(0) }), /ProvisionedConcurrency\.fixed: executions must be a whole number of at least 1, got 0/],
  ['maxCapacity below minCapacity', () => ({ provisionedConcurrency: ProvisionedConcurrency.targetTracking({ minCapacity: 5, maxCapacity: 2 }) }), /maxCapacity must be at least minCapacity, got 2 and 5/],
  ['a utilization above the limit', () => ({ provisionedConcurrency: ProvisionedConcurrency.targetTracking({ maxCapacity: 2, utilizationTarget: 70 }) }), /utilizationTarget must be a number from 0\.1 to 0\.9, got 70/],
  ['an empty schedule', () => ({ provisionedConcurrency: ProvisionedConcurrency.schedule([]) }), /capacities must be a list of at least 1, got a list of 0/],
  ['a capacity that is known only at deployment', () => ({ provisionedConcurrency: ProvisionedConcurrency.schedule([{ schedule: Schedule.rate(Duration.days(1)), minCapacity: Token.asNumber({ Ref: 'A' }) }]) }), /capacities\[0\]\.minCapacity must be known at synthesis, got a token/],
  ['provisioned concurrency of every version', () => ({ currentVersionOptions: { provisionedConcurrentExecutions: 1 } }), /currentVersionOptions\.provisionedConcurrentExecutions is not supported: .*use provisionedConcurrency/],
  ['more provisioned than reserved concurrency', () => ({ provisionedConcurrency: ProvisionedConcurrency.fixed(5), reservedConcurrentExecutions: 4 }), /provisionedConcurrency must be at most reservedConcurrentExecutions, got 5, with 4 reserved/],
])('%s is refused', (_, props, message) => {
  expect(() => templateWith(props())).toThrow(message);
});

