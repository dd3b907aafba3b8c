import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, Dashboard, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Inputs, KNOWN, numberToken, Options, Row, stringToken } from './inputs';
import { AlarmSeverity, ProvisionedConcurrency, Rollout } from '../../lib';

const BOOLEAN: Row = { valid: [true, false] };

const topic = (stack: Stack, id: string) => new Topic(stack, id);
const actions = (stack: Stack, count: number, id: string): IAlarmAction[] => Array.from({ length: count }, (_, i) => new SnsAction(topic(stack, `${id}${i}`)));
const alarms = (stack: Stack, count: number, id: string) => Array.from({ length: count }, (_, i) => Alarm.fromAlarmArn(stack, `${id}${i}`, `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${id}${i}`));

const wholeFrom = (prop: string, least: number): Pick<Row, 'invalid'> => ({
  invalid: [least - 1, least + 0.5, NaN, Infinity].map((value) => [value, new RegExp(`${prop} must be a whole number of at least ${least}, got ${value}`)]),
});

const interval: Row = {
  valid: [Duration.minutes(1), Duration.hours(24)],
  invalid: [[Duration.seconds(90), /interval must be a Duration in whole minutes, at least 1/], [Duration.seconds(30), /interval must be/], [Duration.days(3), /within 48 hours/]],
  token: [Duration.minutes(numberToken), 'accepted'],
};

const percent: Row = { valid: [3, 99], invalid: [[0, /percent must be a whole number from 1 to 99, got 0/], [100, /got 100/], [1.5, /got 1\.5/], [10n, /percent must be a whole number from 1 to 99, got 10/], [Symbol('s'), /got Symbol/], [Object.create(null), /got an object/], [[[]], /got a list of 1/]], token: [numberToken, 'accepted'] };

const rollouts = (['canary', 'linear'] as const).flatMap((kind): Inputs[] => [
  {
    of: `Rollout.${kind}`,
    code: 'ROLLOUT',
    create: (options: { readonly percent: never; readonly interval: never }) => ({ rollout: Rollout[kind](options.percent, options.interval) }),
    base: () => ({ percent: 50, interval: Duration.minutes(1) }),
    rows: () => ({ percent, interval }),
  },
  {
    of: 'RolloutOptions',
    at: kind,
    code: 'ROLLOUT',
    create: (options) => ({ rollout: Rollout[kind](10, Duration.minutes(5), options) }),
    rows: (stack) => ({
      verify: BOOLEAN,
      maxErrorRate: { valid: [0, 0.5, 99], invalid: [[-1, /maxErrorRate must be a number from 0 to 99, got -1/], [99.5, /got 99\.5/], [NaN, /got NaN/]], token: [numberToken, KNOWN] },
      minErrorCount: { valid: [1], ...wholeFrom('minErrorCount', 1), token: [numberToken, KNOWN] },
      rollbackAlarms: {
        valid: [[], alarms(stack, 8, 'Eight')],
        invalid: [
          [alarms(stack, 9, 'Nine'), /rollbackAlarms must be a list of 0 to 8, got a list of 9/], [[{}], /rollbackAlarms\[0\] must be an IAlarm/],
          [Array(2).fill(alarms(stack, 1, 'Twice')[0]), /rollbackAlarms must be a list without duplicates/],
        ],
      },
    }),
  },
]);

const capacity = (least: number): Row => ({ valid: [least], ...wholeFrom('apacity', least), token: [numberToken, KNOWN] });

export const OPERATIONS: readonly Inputs[] = [
  {
    of: 'MonitoringOptions',
    code: 'MONITORING',
    create: (monitoring) => ({ monitoring }),
    rows: (stack) => ({
      alarms: BOOLEAN,
      alarmOverrides: { code: 'MONITORING|ALARM', valid: [{}, { errorRate: undefined }, { errorRate: {} }, { errorRate: { enabled: false, evaluationPeriods: 1 } }, { throttles: { enabled: false, minSampleCount: 1 } }], invalid: [[{ errors: undefined }, /must name an alarm, got "errors"/], [{ errorRate: { enabled: true, evaluationPeriods: 1 } }, /set both/], [{ errorRate: { enabled: false, evaluationPeriods: 0 } }, /evaluationPeriods must be/], [{ errorRate: 5 }, /alarmOverrides\["errorRate"\] must be an object, got 5/]] },
      alarmTopic: { valid: [topic(stack, 'All')] },
      warningTopic: { valid: [topic(stack, 'Warning')] },
      criticalTopic: { valid: [topic(stack, 'Critical')] },
      ...Object.fromEntries(['warningActions', 'criticalActions'].map((prop) => [prop, {
        valid: [[], actions(stack, 5, `Five${prop}`)],
        invalid: [[actions(stack, 6, `Six${prop}`), new RegExp(`monitoring\\.${prop} must be at most 5, got 6: an alarm has at most 5 actions`)], [[{}], new RegExp(`${prop}\\[0\\] must be an IAlarmAction`)]],
      } satisfies Row])),
      notifyOk: BOOLEAN,
      dashboard: BOOLEAN,
      dashboardName: { valid: ['a', 'A-b_1', 'x'.repeat(255)], invalid: ['', 'a b', 'x'.repeat(256)].map((name) => [name, /dashboardName must be 1 to 255 letters, digits, "-" and "_", got/]), token: [stringToken, 'accepted'] },
      existingDashboard: { valid: [new Dashboard(stack, 'Ours')] },
      savedQueries: BOOLEAN,
      perRouterMetrics: BOOLEAN,
    }),
  },
  {
    of: 'AlarmOptions',
    code: 'ALARM',
    create: (errorRate: Options) => ({ monitoring: { alarmOverrides: { errorRate } } }),
    rows: () => ({
      enabled: BOOLEAN,
      threshold: { valid: [0, -1, 0.5], invalid: [[NaN, /threshold must be a number, got NaN/], [Infinity, /got Infinity/]], token: [numberToken, KNOWN] },
      period: {
        valid: [Duration.minutes(1), Duration.hours(8)],
        invalid: [[Duration.seconds(90), /period must be a Duration in whole minutes/], [Duration.seconds(30), /period must be/], [Duration.hours(9 * 24), /cover at most 7 days/]],
        token: [Duration.seconds(numberToken), KNOWN],
      },
      evaluationPeriods: { valid: [2, 288], ...wholeFrom('evaluationPeriods', 1), token: [numberToken, KNOWN] },
      datapointsToAlarm: { valid: [1, 3], ...wholeFrom('datapointsToAlarm', 1), token: [numberToken, KNOWN] },
      minSampleCount: { valid: [0, 100], ...wholeFrom('minSampleCount', 0), token: [numberToken, KNOWN] },
      severity: { valid: Object.values(AlarmSeverity), invalid: [['HIGH', /severity must be one of "WARNING", "CRITICAL", got "HIGH"/]] },
    }),
  },
  ...rollouts,
  { of: 'AllAtOnceOptions', code: 'ROLLOUT', create: (options) => ({ rollout: Rollout.allAtOnce(options) }), rows: () => ({ verify: BOOLEAN }) },
  {
    of: 'ProvisionedConcurrency.fixed',
    code: 'PROVISIONED_CONCURRENCY',
    create: ({ executions }: { executions: never }) => ({ provisionedConcurrency: ProvisionedConcurrency.fixed(executions) }),
    rows: () => ({ executions: { valid: [1], ...wholeFrom('fixed: executions', 1), token: [numberToken, KNOWN] } }),
  },
  {
    of: 'ProvisionedConcurrency.schedule',
    code: 'PROVISIONED_CONCURRENCY',
    create: ({ capacities }: { capacities: never }) => ({ provisionedConcurrency: ProvisionedConcurrency.schedule(capacities) }),
    rows: () => ({ capacities: { valid: [[{ schedule: Schedule.expression('rate(1 day)'), minCapacity: 1 }]], invalid: [[[], /capacities must be a list of at least 1/], [[null], /capacities\[0\] must be an object, got null/]] } }),
  },
  {
    of: 'TargetTrackingOptions',
    code: 'PROVISIONED_CONCURRENCY',
    create: (options) => ({ provisionedConcurrency: ProvisionedConcurrency.targetTracking(options) }),
    base: () => ({ maxCapacity: 3 }),
    rows: () => ({
      minCapacity: { ...capacity(1), valid: [1, 3] },
      maxCapacity: capacity(1),
      utilizationTarget: { valid: [0.1, 0.9], invalid: [[0.09, /utilizationTarget must be a number from 0\.1 to 0\.9, got 0\.09/], [0.91, /got 0\.91/], [NaN, /got NaN/]], token: [numberToken, 'accepted'] },
    }),
  },
  {
    of: 'ScheduledCapacity',
    code: 'PROVISIONED_CONCURRENCY',
    create: (options) => ({ provisionedConcurrency: ProvisionedConcurrency.schedule([options]) }),
    base: () => ({ schedule: Schedule.expression('rate(1 day)'), minCapacity: 0 }),
    rows: () => ({
      schedule: { valid: [Schedule.cron({ hour: '8' })] },
      timeZone: { valid: [TimeZone.EUROPE_BERLIN] },
      minCapacity: capacity(0),
      maxCapacity: capacity(0),
    }),
  },
];
