import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmProperties, evaluate, fires, Minute } from './cloudwatch';
import { alarmsOf, templateWith } from './support';
import { AlarmSeverity, LazyApiFunctionProps, RequestLog } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';
import { read } from '../support/docs';

const GUIDE = read('docs/monitoring.md');

const alarms = alarmsOf(templateWith({ monitoring: { alarmOverrides: { trafficFloor: { threshold: 1 } } }, memorySize: 1024 }));
const QUOTAS = { ConcurrentExecutions: 1000 };

const many = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

interface Traffic {
  readonly requests?: number;
  readonly duration?: number;
  readonly cold?: number[];
  readonly serverErrors?: number;
  readonly timeouts?: number;
  readonly loadFailures?: number;
  readonly throttles?: number;
  readonly concurrency?: number;
  readonly memory?: number;
}

/** Returns the samples that Lambda and the function report for one minute. */
function minute(traffic: Traffic): Minute {
  const { requests = 0, duration = 50, cold = [], serverErrors = 0, timeouts = 0, loadFailures = 0, throttles = 0, concurrency, memory = 200 } = traffic;
  const answered = requests - timeouts;
  return {
    Invocations: many(requests, 1),
    Errors: [...many(answered, 0), ...many(timeouts, 1)],
    Throttles: requests + throttles > 0 ? [...many(requests, 0), ...many(throttles, 1)] : [],
    Duration: [...many(Math.max(0, answered), duration), ...many(timeouts, 29_000)],
    ServerErrors: [...many(answered - serverErrors, 0), ...many(serverErrors, 1)],
    ColdStartDuration: cold,
    RouterLoadFailures: many(loadFailures, 1),
    ClaimedAccountConcurrency: concurrency === undefined ? [] : [concurrency],
    ConcurrentExecutions: concurrency === undefined ? [] : [concurrency],
    MaxMemoryUsed: many(requests, memory),
  };
}

/** Returns the samples of two hours, minute by minute. */
const hours = (of: (at: number) => Traffic) => Array.from({ length: 120 }, (_, at) => minute(of(at)));
const busy = { requests: 1000, cold: many(2, 2000), concurrency: 50 };

const SERIES: Array<[string, Minute[], string[]]> = [
  ['1000 requests a minute without problems', hours(() => busy), []],
  ['one slow request at night', hours((at) => (at === 47 ? { requests: 1, duration: 12_000, cold: [12_500] } : {})), ['trafficFloor']],
  ['one failing request at night', hours((at) => (at === 47 ? { requests: 1, serverErrors: 1, cold: [900] } : {})), ['trafficFloor']],
  ['5 requests an hour, each with a slow cold start', hours((at) => (at % 12 === 0 ? { requests: 1, cold: [6000] } : {})), []],
  ['5 requests an hour, each failing', hours((at) => (at % 12 === 0 ? { requests: 1, serverErrors: 1, cold: [900] } : {})), []],
  ['1000 requests a minute with 2 % errors', hours((at) => ({ ...busy, serverErrors: at < 60 ? 0 : 20 })), ['errorRate']],
  ['1000 requests a minute with 0.5 % errors', hours(() => ({ ...busy, serverErrors: 5 })), []],
  ['errors in only one minute', hours((at) => ({ ...busy, serverErrors: at === 60 ? 300 : 0 })), []],
  ['a total outage with timeouts', hours((at) => (at < 60 ? busy : { requests: 100, timeouts: 100 })), ['duration', 'errorRate']],
  ['a total outage, with no requests to the function', hours((at) => (at < 60 ? busy : {})), ['trafficFloor']],
  ['a deployment that breaks one of thirty routers', hours((at) => (at < 60 ? busy : { ...busy, serverErrors: 33, loadFailures: 33 })), ['errorRate', 'routerLoadFailures']],
  ['a deployment that breaks a router with one request an hour', hours((at) => (at === 90 ? { ...busy, serverErrors: 1, loadFailures: 1 } : busy)), ['routerLoadFailures']],
  ['a deployment that makes cold starts slow', hours((at) => (at < 60 ? busy : { ...busy, cold: [4500] })), ['coldStartWarning']],
  ['a deployment that makes cold starts very slow', hours((at) => (at < 60 ? busy : { ...busy, cold: [6000] })), ['coldStartCritical', 'coldStartWarning']],
  ['one very slow cold start among many', hours((at) => ({ ...busy, cold: at === 70 ? [20_000, ...many(40, 2000)] : many(2, 2000) })), []],
  ['a burst of requests that Lambda throttles', hours((at) => (at === 70 ? { ...busy, throttles: 12 } : busy)), ['throttles']],
  ['concurrency near the account\'s quota', hours((at) => ({ ...busy, concurrency: at < 60 ? 500 : 850 })), ['concurrency']],
  ['a router with a memory leak', hours((at) => ({ ...busy, memory: 300 + 6 * at })), ['memory']],
  ['no traffic', hours(() => ({})), ['trafficFloor']],
];

test.each(SERIES)('the expected alarms fire for %s', (_, minutes, expected) => {
  expect(Object.keys(alarms).filter((name) => fires(alarms[name], minutes, QUOTAS)).sort()).toEqual(expected);
});

test('each alarm fires in at least one of the series', () => {
  for (const name of Object.keys(alarms)) expect([name, SERIES.some(([, , fired]) => fired.includes(name))]).toEqual([name, true]);
});

test('the guide lists the same values as the template', () => {
  const row = (name: string, { Threshold, ComparisonOperator, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Period, Metrics }: AlarmProperties) => {
    const minutes = (Period ?? Metrics!.find(({ MetricStat }) => MetricStat)!.MetricStat!.Period) / 60;
    const samples = />= (\d+)/.exec(Metrics?.[0].Expression ?? '')?.[1] ?? '-';
    const symbol = { GreaterThanThreshold: '>', GreaterThanOrEqualToThreshold: '>=', LessThanThreshold: '<' }[ComparisonOperator];
    return new RegExp(`\\| \`${name}\` \\| [^|]* \\| ${symbol} ${Threshold}\\D[^|]*\\| ${minutes} min \\| ${DatapointsToAlarm} of ${EvaluationPeriods} \\| ${samples} \\|`);
  };
  for (const [name, alarm] of Object.entries(alarms).filter(([key]) => !['duration', 'memory', 'trafficFloor'].includes(key))) expect([name, row(name, alarm).test(GUIDE)]).toEqual([name, true]);
  expect(/\| `trafficFloor` \|/.test(GUIDE)).toBe(true);
  expect([alarms.duration.Threshold, alarms.memory.Threshold]).toEqual([26_100, 921.6]);
  expect(/\| `duration` \|[^|]*\| >= 90 % of the timeout \| 5 min \| 2 of 3 \| - \|/.test(GUIDE)).toBe(true);
  expect(/\| `memory` \|[^|]*\| >= 90 % of `memorySize` \| 5 min \| 2 of 3 \| - \|/.test(GUIDE)).toBe(true);
});

test('an alarm description states the meaning, the condition, and the first step', () => {
  for (const { AlarmDescription } of Object.values(alarms)) expect(AlarmDescription).toMatch(/^(WARNING|CRITICAL) TestStack\/Api: .+\nCondition: .+\nFirst step: .+/);
  expect(alarms.coldStartCritical.AlarmDescription).toContain('P95 of cold start durations > 5000 ms in 2 of 3 periods of 15 minutes with at least 5 samples each.');
});

test('individual settings of an alarm can be overridden', () => {
  const overridden = alarmsOf(templateWith({
    monitoring: {
      alarmOverrides: {
        coldStartCritical: { threshold: 3000, period: Duration.hours(1), minSampleCount: 2 },
        errorRate: { evaluationPeriods: 1, datapointsToAlarm: 1, severity: AlarmSeverity.WARNING },
        throttles: { enabled: false },
      },
    },
  }));
  expect(overridden.coldStartCritical).toMatchObject({ Threshold: 3000, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
  expect(overridden.coldStartCritical.Metrics!.flatMap(({ MetricStat }) => MetricStat?.Period ?? [])).toEqual([3600, 3600]);
  expect(overridden.coldStartCritical.Metrics![0].Expression).toBe('IF(samples >= 2, p95, 0)');
  expect(overridden.errorRate).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, AlarmDescription: expect.stringMatching(/^WARNING/) });
  expect(overridden).not.toHaveProperty('throttles');
  expect(overridden).not.toHaveProperty('trafficFloor');
});

test.each<[Partial<LazyApiFunctionProps>, RegExp]>([
  [{ monitoring: { alarmOverrides: { coldStart: { threshold: 1 } } } }, /TestStack\/Api: monitoring\.alarmOverrides must name an alarm, got "coldStart"; the alarms are coldStartWarning, coldStartCritical, /],
  [{ monitoring: { alarmOverrides: { throttles: { minSampleCount: 3 } } } }, /alarmOverrides\["throttles"\]\.minSampleCount is not supported/],
  [{ monitoring: { alarmOverrides: { errorRate: { evaluationPeriods: 1 } } } }, /alarmOverrides\["errorRate"\]\.datapointsToAlarm must be at most evaluationPeriods, got 2 of 1; set both/],
  [{ monitoring: { alarmOverrides: { errorRate: { period: Duration.seconds(90) } } } }, /\.period must be a Duration in whole minutes, at least 1, got 1 minute 30 seconds/],
  [{ monitoring: { alarmOverrides: { errorRate: { period: Duration.minutes(30), evaluationPeriods: 49 } } } }, /must cover at most 1 day .*got 49 times/],
  [{ monitoring: { alarmOverrides: { errorRate: { period: Duration.days(1), evaluationPeriods: 8 } } } }, /must cover at most 7 days/],
  [{ monitoring: { alarmOverrides: { errorRate: { evaluationPeriods: 0, datapointsToAlarm: 0 } } } }, /\["errorRate"\]\.evaluationPeriods must be a whole number of at least 1, got 0/],
  [{ monitoring: { alarmOverrides: { errorRate: { datapointsToAlarm: 1.5 } } } }, /\.datapointsToAlarm must be a whole number of at least 1, got 1\.5/],
  [{ monitoring: { alarmOverrides: { errorRate: { minSampleCount: -1 } } } }, /\.minSampleCount must be a whole number of at least 0, got -1/],
  [{ monitoring: { alarmOverrides: { errorRate: { threshold: NaN } } } }, /\.threshold must be a number, got NaN/],
  [{ monitoring: { alarmOverrides: { errorRate: { period: Duration.millis(500) } } } }, /\["errorRate"\]\.period must be a Duration in whole minutes, at least 1, got 500 millis/],
  [{ monitoring: { alarmOverrides: { trafficFloor: { enabled: true } } } }, /alarmOverrides\["trafficFloor"\]\.threshold must be set/],
  [{ monitoring: { alarms: false, alarmOverrides: { errorRate: {} } } }, /monitoring\.alarms is false, but alarmOverrides is not empty/],
])('%j is refused', (props, message) => {
  expect(() => templateWith(props)).toThrow(message);
});

test('alarms can be turned off', () => {
  expect(alarmsOf(templateWith({ monitoring: { alarms: false } }))).toEqual({});
});

test('without the request log, only the alarms that use Lambda metrics exist', () => {
  const left = alarmsOf(templateWith({ requestLog: RequestLog.none() }));
  expect(Object.keys(left).sort()).toEqual(['concurrency', 'duration', 'errorRate', 'memory', 'throttles']);
  expect(left.errorRate.Metrics![0].Expression).not.toContain('serverErrors');
  expect(fires(left.errorRate, hours(() => ({ requests: 100, timeouts: 50 })))).toBe(true);
});

test('without Lambda\'s reports, the memory alarm does not exist', () => {
  expect(alarmsOf(templateWith({ systemLogLevelV2: SystemLogLevel.WARN }))).not.toHaveProperty('memory');
});

test('the concurrency alarm uses reserved concurrency as the limit if it is set', () => {
  const { concurrency } = alarmsOf(templateWith({ reservedConcurrentExecutions: 20 }));
  expect(fires(concurrency, hours(() => ({ ...busy, concurrency: 17 })))).toBe(true);
  expect(fires(concurrency, hours(() => ({ ...busy, concurrency: 16 })))).toBe(false);
  expect(alarmsOf(templateWith({ reservedConcurrentExecutions: 0 }))).not.toHaveProperty('concurrency');
  const { concurrency: later } = alarmsOf(templateWith({ reservedConcurrentExecutions: Token.asNumber({ Ref: 'Reserved' }) }));
  expect(JSON.stringify(later)).toContain('"Expression":{"Fn::Join":["",["100 * concurrent / ",{"Ref":"Reserved"}]]}');
});

test('an alarm whose threshold is unknown at synthesis is left out with a warning', () => {
  const stack = newStack({}, newAppWithoutBundling());
  newApi({ routers: routersAt(['/users']), memorySize: Token.asNumber({ Ref: 'Memory' }), timeout: Duration.seconds(Token.asNumber({ Ref: 'Timeout' })) }, stack);
  Annotations.fromStack(stack).hasWarning('/TestStack/Api', Match.stringLikeRegexp('the alarm "memory" is not created.*set monitoring.alarmOverrides.memory.threshold'));
  Annotations.fromStack(stack).hasWarning('/TestStack/Api', Match.stringLikeRegexp('the alarm "duration" is not created'));
});

describe('alarm actions notify', () => {
  const topic = (stack: Stack, id: string) => new Topic(stack, id);
  const actionsOf = (props: (stack: Stack) => LazyApiFunctionProps['monitoring']) => {
    const { coldStartWarning, coldStartCritical } = alarmsOf(templateWith((stack) => ({ monitoring: props(stack) })));
    const ids = (actions: unknown[] = []) => actions.map((action) => (action as { Ref: string }).Ref.replace(/[0-9A-F]{8}$/, '')).join();
    return { warning: ids(coldStartWarning.AlarmActions), critical: ids(coldStartCritical.AlarmActions), ok: ids(coldStartCritical.OKActions) };
  };

  test.each<[string, (stack: Stack) => LazyApiFunctionProps['monitoring'], ReturnType<typeof actionsOf>]>([
    ['no one by default', () => undefined, { warning: '', critical: '', ok: '' }],
    ['one topic', (stack) => ({ alarmTopic: topic(stack, 'All') }), { warning: 'All', critical: 'All', ok: '' }],
    ['one topic, with notifyOk', (stack) => ({ alarmTopic: topic(stack, 'All'), notifyOk: true }), { warning: 'All', critical: 'All', ok: 'All' }],
    ['a topic for each severity', (stack) => ({ warningTopic: topic(stack, 'Mail'), criticalTopic: topic(stack, 'Pager') }), { warning: 'Mail', critical: 'Pager', ok: '' }],
    ['one topic, and another one for critical alarms', (stack) => ({ alarmTopic: topic(stack, 'Mail'), criticalTopic: topic(stack, 'Pager') }), { warning: 'Mail', critical: 'Pager', ok: '' }],
    ['a topic in addition to other actions', (stack) => ({ alarmTopic: topic(stack, 'All'), warningActions: [new SnsAction(topic(stack, 'Chat'))], criticalActions: [new SnsAction(topic(stack, 'Pager'))] }), { warning: 'All,Chat', critical: 'All,Pager', ok: '' }],
  ])('%s', (_, props, expected) => {
    expect(actionsOf(props)).toEqual(expected);
  });
});

test('a topic counts as one of the five actions of an alarm', () => {
  const monitoring = (stack: Stack, count: number): LazyApiFunctionProps['monitoring'] => ({
    alarmTopic: new Topic(stack, 'All'), criticalActions: Array.from({ length: count }, (_, i) => new SnsAction(new Topic(stack, `Topic${i}`))),
  });
  expect(() => templateWith((stack) => ({ monitoring: monitoring(stack, 4) }))).not.toThrow();
  expect(() => templateWith((stack) => ({ monitoring: monitoring(stack, 5) }))).toThrow(/monitoring\.criticalActions must be at most 4 with a topic, got 5: an alarm has at most 5 actions/);
});

test.each<[string, Record<string, number | undefined>, number | undefined]>([
  ['1 + 2 * 3', {}, 7],
  ['(1 + 2) * 3 / a', { a: 2 }, 4.5],
  ['a + b', { a: 1, b: undefined }, undefined],
  ['a + FILL(b, 0)', { a: 1, b: undefined }, 1],
  ['IF(a >= 3, 10, 20)', { a: 3 }, 10],
  ['IF(a >= 3, 10, 20)', { a: 2 }, 20],
  ['IF(a >= 3, 10, 20)', { a: undefined }, undefined],
])('metric math: %s with %j is %p', (expression, values, result) => {
  expect(evaluate(expression, new Map(Object.entries(values)))).toBe(result);
});
