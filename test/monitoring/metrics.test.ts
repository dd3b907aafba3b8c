import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { templateWith } from './support';
import { LazyApiFunction, LazyApiFunctionProps, LazyApiMetrics, RequestLog } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

const QUIET = { alarms: false, dashboard: false };

function apiWith(props: Partial<LazyApiFunctionProps> = {}): LazyApiFunction {
  return newApi({ routers: routersAt(['/users', '/orders']), monitoring: QUIET, ...props }, newStack({}, newAppWithoutBundling()));
}

test.each<[keyof LazyApiMetrics & string, string, string]>([
  ['coldStartDuration', 'ColdStartDuration', 'p95'],
  ['initAndLoadDuration', 'InitAndLoadDuration', 'p95'],
  ['routerLoadDuration', 'RouterLoadDuration', 'Average'],
  ['requestDuration', 'RequestDuration', 'p95'],
  ['requests', 'Requests', 'Sum'],
  ['serverErrors', 'ServerErrors', 'Sum'],
  ['routerLoadFailures', 'RouterLoadFailures', 'Sum'],
])('%s returns the metric %s with the statistic %s by default', (method, metricName, statistic) => {
  const api = apiWith();
  const of = (options?: object) => (api.metrics[method] as (given?: object) => Metric)(options);
  expect(of()).toMatchObject({ namespace: 'LazyApi', metricName, statistic, dimensions: { FunctionName: api.function.functionName } });
  expect(of({ statistic: 'p99', label: 'x' })).toMatchObject({ statistic: 'p99', label: 'x' });
});

test('with perRouterMetrics, each router has its own metrics', () => {
  const api = apiWith({ monitoring: { ...QUIET, perRouterMetrics: true } });
  expect(api.metrics.forRouter('/users').requests().dimensions).toEqual({ FunctionName: api.function.functionName, Router: '/users' });
});

test.each<[string, Partial<LazyApiFunctionProps>, (metrics: LazyApiMetrics) => unknown, RegExp]>([
  ['of a router, without perRouterMetrics', {}, (metrics) => metrics.forRouter('/users'), /set monitoring\.perRouterMetrics to true/],
  ['of a router that does not exist', { monitoring: { ...QUIET, perRouterMetrics: true } }, (metrics) => metrics.forRouter('/user'), /prefix must be the prefix of a router, got "\/user"; the prefixes are \/orders, \/users/],
  ['from Lambda\'s reports for a router', { monitoring: { ...QUIET, perRouterMetrics: true } }, (metrics) => metrics.forRouter('/users').initDuration(), /Lambda reports this metric for the function/],
  ['from Lambda\'s reports, if Lambda does not write them', { systemLogLevelV2: SystemLogLevel.WARN }, (metrics) => metrics.initDuration(), /Lambda does not report initDurationMs; set systemLogLevelV2 to INFO or lower/],
  ['without the request log', { requestLog: RequestLog.none() }, (metrics) => metrics.serverErrors(), /the function does not report ServerErrors; set requestLog/],
  ['of every request, with a log of only some requests', { requestLog: RequestLog.coldStartsAndErrors() }, (metrics) => metrics.requests(), /does not report Requests/],
])('a metric %s fails', (_, props, ask, message) => {
  expect(() => ask(apiWith(props).metrics)).toThrow(message);
});

test('each metric from Lambda\'s reports creates one metric filter when it is first used', () => {
  const api = apiWith();
  Template.fromStack(Stack.of(api)).resourceCountIs('AWS::Logs::MetricFilter', 0);
  const again = apiWith();
  for (let times = 0; times < 2; times++) {
    expect(again.metrics.initDuration().statistic).toBe('p95');
    expect(again.metrics.maxMemoryUsed().statistic).toBe('Maximum');
  }
  const template = Template.fromStack(Stack.of(again));
  template.resourceCountIs('AWS::Logs::MetricFilter', 2);
  for (const [figure, metric] of [['initDurationMs', 'InitDuration-'], ['maxMemoryUsedMB', 'MaxMemoryUsed-']]) {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: `{ ($.type = "platform.report") && ($.record.metrics.${figure} >= 0) }`,
      MetricTransformations: [{ MetricNamespace: 'LazyApi', MetricName: { 'Fn::Join': ['', [metric, { Ref: Match.stringLikeRegexp('^ApiFunction') }]] }, MetricValue: `$.record.metrics.${figure}` }],
    });
  }
});

test('two functions in one stack have separate metrics, filters, and alarms, even if they share a log group', () => {
  const template = templateWith((stack) => {
    const logGroup = new LogGroup(stack, 'Logs');
    new LazyApiFunction(stack, 'Other', { routers: routersAt(['/users']), logGroup });
    return { logGroup };
  });
  template.resourceCountIs('AWS::Logs::MetricFilter', 4);
  const filters = Object.values(template.findResources('AWS::Logs::MetricFilter')) as Array<{ Properties: { MetricTransformations: [{ MetricName: unknown }] } }>;
  expect(new Set(filters.map(({ Properties }) => JSON.stringify(Properties.MetricTransformations[0].MetricName))).size).toBe(4);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 16);
  const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
  for (const id of functions) {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter((alarm) => JSON.stringify(alarm).includes(`"${id}"`));
    // The eighth alarm monitors the account's concurrency.
    expect(alarms).toHaveLength(7);
  }
});
