import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { templateWith } from './support';
import { LazyApiFunctionProps, ProvisionedConcurrency, RequestLog, Verify } from '../../lib';
import { describeApi } from '../../lib/monitoring/describe-api';
import { newApi, newAppWithoutBundling, newStack, routersAt, routersOf } from '../support/app';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly alarms?: string[]; readonly query?: string; readonly metrics?: unknown[] };
}

/** Returns the widgets of the dashboard. Replaces each token with a word. */
function widgetsOf(template: Template): Widget[] {
  const [{ Properties }] = Object.values(template.findResources('AWS::CloudWatch::Dashboard')) as Array<{ Properties: { DashboardBody: { 'Fn::Join': [string, unknown[]] } } }>;
  const body = Properties.DashboardBody['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'TOKEN')).join('');
  return (JSON.parse(body) as { widgets: Widget[] }).widgets;
}

/** Maps the question of each row to the titles of its widgets. */
function rowsOf(widgets: readonly Widget[]): { [question: string]: string[] } {
  const rows: { [question: string]: string[] } = {};
  let question = '';
  for (const { properties: { markdown, title } } of widgets) {
    if (markdown?.startsWith('#')) rows[question = markdown.replace(/^#+ /, '')] = [];
    else rows[question].push(title ?? markdown!.split('\n')[0]);
  }
  return rows;
}

test('the dashboard answers one question in each row', () => {
  expect(rowsOf(widgetsOf(templateWith()))).toEqual({
    'Is anything wrong?': ['Alarms'],
    'How long do cold starts take?': ['Cold starts, as callers experience them', 'Number of cold starts'],
    'Where do cold starts spend their time?': ['INIT as Lambda reports it', 'INIT and loading the router', 'Loading a router'],
    'How fast are warm requests?': ['Requests without a cold start'],
    'How many requests arrive, and how many fail?': ['Invocations', 'Errors', 'Error rate'],
    'Is there enough capacity?': ['Throttled invocations', 'Concurrency', 'Memory'],
    'Which routers are slow, and which fail?': ['Routers'],
    'Which routers would benefit from preloading?': ['Routers that would benefit from preloading'],
    'What is in this function?': ['- `/orders`'],
  });
});

/** Returns the statistic of each metric in a graph. */
function statisticsOf(widgets: readonly Widget[], title: string): string[] {
  const metrics = widgets.find(({ properties }) => properties.title === title)!.properties.metrics as unknown[][];
  return metrics.map((metric) => (metric[metric.length - 1] as { stat?: string; expression?: string })).map(({ stat, expression }) => stat ?? expression ?? 'Average');
}

test.each([
  ['Cold starts, as callers experience them', ['p50', 'p95', 'p99']],
  ['Number of cold starts', ['SampleCount', '100 * cold / requests', 'Sum']],
  ['INIT as Lambda reports it', ['p50', 'p95', 'p99']],
  ['Loading a router', ['Average', 'Maximum']],
  ['Requests without a cold start', ['p50', 'p95', 'p99']],
  ['Error rate', ['100 * (FILL(serverErrors, 0) + errors) / invocations', 'Sum', 'Sum', 'Sum']],
])('"%s" shows %j in periods of five minutes', (title, statistics) => {
  const widgets = widgetsOf(templateWith());
  expect([...statisticsOf(widgets, title)].sort()).toEqual([...statistics].sort());
  // Five minutes is CloudWatch's default, so the template leaves it out.
  expect(JSON.stringify(widgets.find(({ properties }) => properties.title === title))).not.toContain('"period":60');
});

test('widgets do not overlap, and they fill each row', () => {
  const widgets = widgetsOf(templateWith());
  const cells = new Set<string>();
  for (const { x, y, width, height } of widgets) {
    for (let column = x; column < x + width; column++) {
      for (let line = y; line < y + height; line++) {
        expect(cells.has(`${column} ${line}`)).toBe(false);
        cells.add(`${column} ${line}`);
      }
    }
    expect(x + width).toBeLessThanOrEqual(24);
  }
  const lines = Math.max(...widgets.map(({ y, height }) => y + height));
  expect(cells.size).toBe(24 * lines);
});

test('alarms are at the top, and the graph of cold starts shows the thresholds', () => {
  const widgets = widgetsOf(templateWith());
  expect(widgets[1].properties.alarms).toHaveLength(8);
  expect(JSON.stringify(widgets.find(({ properties }) => properties.title === 'Cold starts, as callers experience them'))).toMatch(/"annotations":.*"value":4000.*"value":5000/);
});

test('the text widget describes the build', () => {
  const routers = routersOf({ 'src/routers/users.ts': 'export const handler = async () => ({ statusCode: 200 });', 'src/routers/orders.ts': 'export const handler = async () => ({ statusCode: 200 });' });
  const stack = newStack();
  newApi({ routers, verify: Verify.off(), memorySize: 128 }, stack);
  const [text] = widgetsOf(Template.fromStack(stack)).slice(-1);
  expect(text.properties.markdown).toMatch(/^2 routers, \d+\.\d KB\. INIT loads .*\n\nRouter \| Source \| .*\n--- .*\n`\/api\/orders` \| src\/routers\/orders\.ts \| 0\.\d KB \| \d+\.\d KB \| in INIT\n`\/api\/users` \|/);
});

test('the text widget lists at most 100 routers', () => {
  const prefixes = Array.from({ length: 300 }, (_, at) => `/r${at}`);
  expect(describeApi(prefixes, undefined).split('\n')).toHaveLength(102);
  expect(describeApi(prefixes, undefined)).toMatch(/\.\.\. and 200 more routers\.$/);
});

test.each<[string, Partial<LazyApiFunctionProps>, RegExp, RegExp]>([
  ['without the request log, it shows Lambda metrics', { requestLog: RequestLog.none() }, /Invocations, as Lambda reports them/, /LazyApi\W+(?!InitDuration|MaxMemory)\w|Which routers/],
  ['with a log of only cold starts and errors, it shows no request metrics', { requestLog: RequestLog.coldStartsAndErrors() }, /Invocations, as Lambda reports them/, /RequestDuration|"Requests"/],
  ['with provisioned concurrency, it shows spillover invocations', { provisionedConcurrency: ProvisionedConcurrency.fixed(2) }, /ProvisionedConcurrencySpilloverInvocations/, /^$/],
  ['without alarms, it has no row for alarms', { monitoring: { alarms: false } }, /Memory/, /Is anything wrong/],
])('%s', (_, props, shown, hidden) => {
  const text = JSON.stringify(widgetsOf(templateWith(props)));
  expect(shown.test(text)).toBe(true);
  expect(hidden.test(text)).toBe(false);
});

test('the dashboard can be turned off, named, or added to an existing dashboard', () => {
  templateWith({ monitoring: { dashboard: false } }).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  templateWith({ monitoring: { dashboardName: 'clinic' } }).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'clinic' });
  const added = templateWith((stack: Stack) => {
    const existingDashboard = new Dashboard(stack, 'Ours');
    existingDashboard.addWidgets(new TextWidget({ markdown: '# Ours' }));
    return { monitoring: { existingDashboard } };
  });
  added.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  expect(Object.keys(rowsOf(widgetsOf(added))).slice(0, 3)).toEqual(['Ours', 'TestStack/Api', 'Is anything wrong?']);
});

test('widgets show the function\'s region, even on a dashboard in another region', () => {
  const app = newAppWithoutBundling();
  const existingDashboard = new Dashboard(new Stack(app, 'World', { env: { region: 'us-east-1', account: '123456789012' } }), 'Ours');
  const stack = new Stack(app, 'Europe', { env: { region: 'eu-west-1', account: '123456789012' }, crossRegionReferences: true });
  newApi({ routers: routersAt(['/users']), monitoring: { existingDashboard, alarms: false }, functionName: 'api', logGroup: new LogGroup(stack, 'Logs', { logGroupName: 'logs' }) }, stack);
  const widgets = widgetsOf(Template.fromStack(Stack.of(existingDashboard))).filter(({ type }) => type !== 'text');
  const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []) as unknown[][];
  const named = metrics.filter((metric) => typeof metric[0] === 'string').map((metric) => [metric[1], (metric[metric.length - 1] as { region?: string }).region]);
  expect(named.filter(([, region]) => region !== 'eu-west-1')).toEqual([]);
  expect(widgets.filter(({ type }) => type === 'log').map(({ properties }) => (properties as { region?: string }).region)).toEqual(['eu-west-1', 'eu-west-1']);
});

test('without Lambda\'s reports, the dashboard does not show their metrics', () => {
  expect(JSON.stringify(widgetsOf(templateWith({ systemLogLevelV2: SystemLogLevel.WARN })))).not.toMatch(/InitDuration-|MaxMemory/);
});

test('the function exposes its dashboard and alarms', () => {
  const api = newApi();
  expect(api.dashboard).toBeInstanceOf(Dashboard);
  expect(Object.keys(api.alarms)).toEqual(['coldStartWarning', 'coldStartCritical', 'errorRate', 'routerLoadFailures', 'throttles', 'concurrency', 'duration', 'memory']);
});

test.each<[Partial<LazyApiFunctionProps>, RegExp]>([
  [{ monitoring: { dashboard: false, dashboardName: 'x' } }, /monitoring\.dashboard is false, but a dashboard is named/],
  [{ monitoring: { perRouterMetrics: true }, requestLog: RequestLog.none() }, /monitoring\.perRouterMetrics needs the request log/],
])('%j is refused', (props, message) => {
  expect(() => templateWith(props)).toThrow(message);
});

test('dashboardName is refused with existingDashboard', () => {
  expect(() => templateWith((stack) => ({ monitoring: { dashboardName: 'x', existingDashboard: new Dashboard(stack, 'Ours') } }))).toThrow(/dashboardName cannot be combined with existingDashboard/);
});
