import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { alarmActions, checkActionCounts } from './alarm-actions';
import { AlarmSource } from './alarm-metrics';
import { AlarmSpec } from './alarm-specs';
import { createAlarms, planAlarms } from './alarms';
import { placeDashboard } from './dashboard';
import { dashboardRows, DashboardSource } from './dashboard-rows';
import { MonitoringOptions } from './monitoring-options';
import { createSavedQueries } from './saved-queries';
import { aBoolean, anObject, checkProp, having, listOf, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aStringLike } from '../private/limits';

/** What to create, after the options are checked. */
export interface MonitoringPlan {
  readonly options: ResolvedOptions;
  readonly alarms: readonly AlarmSpec[];
}

export interface Monitoring {
  readonly alarms: { [name: string]: Alarm };
  readonly dashboard?: Dashboard;
}

const aTopic = having('topicArn', 'an ITopic');
const someActions = listOf(having('bind', 'an IAlarmAction'));

const OPTIONS = objectOf<MonitoringOptions>(optional({
  alarms: aBoolean,
  alarmOverrides: anObject,
  alarmTopic: aTopic,
  warningTopic: aTopic,
  criticalTopic: aTopic,
  warningActions: someActions,
  criticalActions: someActions,
  notifyOk: aBoolean,
  dashboard: aBoolean,
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  dashboardName: aStringLike('1 to 255 letters, digits, "-" and "_"', /^[A-Za-z0-9_-]{1,255}$/),
  existingDashboard: having('addWidgets', 'a Dashboard'),
  savedQueries: aBoolean,
  perRouterMetrics: aBoolean,
}));

export function planMonitoring(options: MonitoringOptions, reports: boolean): MonitoringPlan {
  checkProp('MONITORING', 'monitoring', options, OPTIONS);
  checkActionCounts(options);
  const resolved = withDefaults(options);
  const problem = optionsProblem(resolved, reports);
  if (problem !== undefined) throw new LazyApiError('MONITORING', `monitoring.${problem}`);
  const alarms = planAlarms(options.alarmOverrides);
  return { options: resolved, alarms: resolved.alarms ? alarms : [] };
}

type Defaulted = 'alarms' | 'dashboard' | 'savedQueries' | 'notifyOk' | 'perRouterMetrics';

type ResolvedOptions = MonitoringOptions & Required<Pick<MonitoringOptions, Defaulted>>;

function withDefaults(options: MonitoringOptions): ResolvedOptions {
  const { alarms = true, dashboard = true, savedQueries = true, notifyOk = false, perRouterMetrics = false } = options;
  return { ...options, alarms, dashboard, savedQueries, notifyOk, perRouterMetrics };
}

/** Options that contradict each other. */
function optionsProblem(options: ResolvedOptions, reports: boolean): string | undefined {
  const { alarms, alarmOverrides = {}, dashboard, dashboardName, existingDashboard, perRouterMetrics } = options;
  if (!alarms && Object.keys(alarmOverrides).length > 0) return 'alarms is false, but alarmOverrides is not empty; leave one of them out';
  if (!dashboard && (dashboardName ?? existingDashboard) !== undefined) return 'dashboard is false, but a dashboard is named; leave one of them out';
  if (dashboardName !== undefined && existingDashboard) return 'dashboardName cannot be combined with existingDashboard; leave one of them out';
  if (perRouterMetrics && !reports) return 'perRouterMetrics needs the request log; leave out perRouterMetrics or requestLog';
  return undefined;
}

export type MonitoringSource = AlarmSource & Omit<DashboardSource, 'alarms'>;

export function createMonitoring(scope: Construct, { options, alarms: specs }: MonitoringPlan, source: MonitoringSource): Monitoring {
  const alarms = createAlarms(scope, specs, source, { actionsFor: alarmActions(options), ofEnd: options.notifyOk });
  const rows = () => dashboardRows({ ...source, alarms });
  if (options.savedQueries && source.metrics._has('ServerErrors')) createSavedQueries(scope, source.logGroup);
  return {
    alarms,
    dashboard: options.dashboard ? placeDashboard(scope, rows(), options.existingDashboard, options.dashboardName) : undefined,
  };
}
