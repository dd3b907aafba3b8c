import { Stack } from 'aws-cdk-lib';
import {
  Alarm, AlarmStatusWidget, Color, GraphWidget, GraphWidgetProps, IMetric, IWidget, LogQueryVisualizationType, LogQueryWidget, MathExpression, Metric,
  Stats, TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { describeApi } from './describe-api';
import { errorRate } from './error-rate';
import { LazyApiMetrics } from './lazy-api-metrics';
import { LogQuery, PRELOAD_CANDIDATES, ROUTERS } from './queries';
import { ApiManifest } from '../contract/manifest';

/** One question, and the widgets that answer it, left to right. */
export interface DashboardRow {
  readonly question: string;
  readonly widgets: readonly IWidget[];
}

/** What the dashboard shows. */
export interface DashboardSource {
  readonly metrics: LazyApiMetrics;
  readonly function: IFunction;
  readonly logGroup: ILogGroup;
  readonly alarms: { readonly [name: string]: Alarm };
  readonly prefixes: readonly string[];
  readonly manifest: ApiManifest | undefined;
  readonly provisioned: boolean;
}

/** The width of a dashboard in columns, and the width of a graph in a row of two or three. */
const WIDTH = 24;
const HALF = WIDTH / 2;
const THIRD = WIDTH / 3;

const PERCENTILES = [50, 95, 99];

export function dashboardRows(source: DashboardSource): DashboardRow[] {
  const reports = source.metrics._has('ServerErrors');
  return [
    ...Object.keys(source.alarms).length > 0 ? [alarmStatus(source)] : [],
    ...reports ? [coldStarts(source)] : [],
    ...reports || source.metrics._hasPlatform() ? [initAndLoad(source)] : [],
    warmRequests(source),
    failures(source),
    room(source),
    ...reports ? [
      { question: 'Which routers are slow, and which fail?', widgets: [table(ROUTERS, source.logGroup)] },
      { question: 'Which routers would benefit from preloading?', widgets: [table(PRELOAD_CANDIDATES, source.logGroup)] },
    ] : [],
    contents(source),
  ];
}

function alarmStatus({ alarms }: DashboardSource): DashboardRow {
  const status = new AlarmStatusWidget({ title: 'Alarms', width: WIDTH, height: 3, alarms: Object.values(alarms) });
  return { question: 'Is anything wrong?', widgets: [status] };
}

function coldStarts({ metrics, alarms }: DashboardSource): DashboardRow {
  const counted = { cold: metrics.coldStartDuration({ statistic: Stats.SAMPLE_COUNT, label: 'cold starts' }) };
  const rate = metrics._has('Requests') ? [new MathExpression({
    label: '% of requests',
    expression: '100 * cold / requests',
    usingMetrics: { ...counted, requests: metrics.requests() },
  })] : [];
  const durations = percentiles((statistic, label) => metrics.coldStartDuration({ statistic, label }));
  const thresholds = [alarms.coldStartWarning, alarms.coldStartCritical].filter((alarm) => alarm !== undefined).map((alarm) => alarm.toAnnotation());
  return {
    question: 'How long do cold starts take?',
    widgets: [
      milliseconds('Cold starts, as callers experience them', durations, { leftAnnotations: thresholds, width: HALF }),
      graph('Number of cold starts', [counted.cold], { right: rate, rightYAxis: { min: 0, label: '%', showUnits: false }, width: HALF }),
    ],
  };
}

function initAndLoad({ metrics }: DashboardSource): DashboardRow {
  const init = () => percentiles((statistic, label) => metrics.initDuration({ statistic, label }));
  const restore = () => percentiles((statistic, label) => metrics.restoreDuration({ statistic, label }));
  const initAndRouter = () => percentiles((statistic, label) => metrics.initAndLoadDuration({ statistic, label }));
  const load = () => [
    metrics.routerLoadDuration({ label: 'average' }),
    metrics.routerLoadDuration({ label: 'maximum', statistic: Stats.MAXIMUM }),
  ];
  return {
    question: 'Where do cold starts spend their time?',
    widgets: [
      ...metrics._hasPlatform() && !metrics._hasRestores() ? [milliseconds('INIT as Lambda reports it', init())] : [],
      // Lambda does not report INIT of a snapshot with an invocation.
      ...metrics._hasRestores() ? [milliseconds('Restored snapshots, as Lambda reports them', restore())] : [],
      ...metrics._has('ServerErrors') ? [
        milliseconds('INIT and loading the router', initAndRouter()),
        milliseconds('Loading a router', load()),
      ] : [],
    ],
  };
}

function warmRequests({ metrics, function: fn }: DashboardSource): DashboardRow {
  const reported = metrics._has('RequestDuration');
  const of = (statistic: string, label: string) => {
    const options = { statistic, label };
    return reported ? metrics.requestDuration(options) : fn.metricDuration(options);
  };
  return {
    question: 'How fast are warm requests?',
    widgets: [
      milliseconds(reported ? 'Requests without a cold start' : 'Invocations, as Lambda reports them', percentiles(of), { width: WIDTH }),
    ],
  };
}

function failures({ metrics, function: fn }: DashboardSource): DashboardRow {
  const reported = metrics._has('ServerErrors');
  const counts = [
    ...reported ? [metrics.serverErrors({ label: 'responses from 500 to 599', color: Color.ORANGE })] : [],
    fn.metricErrors({ label: 'timeouts and crashes', color: Color.RED }),
    ...reported ? [metrics.routerLoadFailures({ label: 'routers that failed to load', color: Color.PURPLE })] : [],
  ];
  const rate = new MathExpression({ label: 'error rate', ...errorRate(metrics, fn) });
  return {
    question: 'How many requests arrive, and how many fail?',
    widgets: [
      graph('Invocations', [fn.metricInvocations({ label: 'invocations' })]),
      graph('Errors', counts),
      graph('Error rate', [rate], { leftYAxis: { min: 0, label: '%', showUnits: false } }),
    ],
  };
}

function room({ metrics, function: fn, provisioned }: DashboardSource): DashboardRow {
  const ofFunction = (metricName: string, statistic: string, label: string) =>
    new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: fn.functionName }, statistic, label }).attachTo(fn);
  const graphs = [
    graph('Throttled invocations', [fn.metricThrottles({ label: 'throttles' })]),
    graph('Concurrency', [
      ofFunction('ConcurrentExecutions', Stats.MAXIMUM, 'concurrent executions'),
      ...provisioned ? [
        ofFunction('ProvisionedConcurrentExecutions', Stats.MAXIMUM, 'on provisioned concurrency'),
        ofFunction('ProvisionedConcurrencySpilloverInvocations', Stats.SUM, 'invocations beyond provisioned concurrency'),
      ] : [],
    ]),
    ...metrics._hasPlatform() ? [
      graph('Memory', [metrics.maxMemoryUsed({ label: 'maximum used' })], { leftYAxis: { min: 0, label: 'MB', showUnits: false } }),
    ] : [],
  ];
  return { question: 'Is there enough capacity?', widgets: graphs };
}

function contents({ prefixes, manifest }: DashboardSource): DashboardRow {
  return { question: 'What is in this function?', widgets: [new TextWidget({ markdown: describeApi(prefixes, manifest), width: WIDTH, height: 8 })] };
}

function percentiles(of: (statistic: string, label: string) => IMetric): IMetric[] {
  return PERCENTILES.map((percentile) => of(Stats.percentile(percentile), `P${percentile}`));
}

function milliseconds(title: string, left: IMetric[], more: Partial<GraphWidgetProps> = {}): GraphWidget {
  return graph(title, left, { leftYAxis: { min: 0, label: 'ms', showUnits: false }, ...more });
}

function graph(title: string, left: IMetric[], more: Partial<GraphWidgetProps> = {}): GraphWidget {
  return new GraphWidget({ title, left, leftYAxis: { min: 0, showUnits: false }, height: 6, width: THIRD, ...more });
}

function table({ name, query }: LogQuery, logGroup: ILogGroup): LogQueryWidget {
  return new LogQueryWidget({
    title: name,
    view: LogQueryVisualizationType.TABLE,
    logGroupNames: [logGroup.logGroupName],
    queryString: query.toString(),
    region: Stack.of(logGroup).region,
    width: WIDTH,
    height: 8,
  });
}
