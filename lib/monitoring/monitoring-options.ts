import type { Dashboard, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { AlarmOptions } from './alarm-options';

/**
 * Options for alarms, the dashboard, metrics, and saved queries.
 *
 * @example
 * new LazyApiFunction(stack, 'Api', {
 *   routers: Routers.fromDirectory('src/routers'),
 *   monitoring: {
 *     alarmTopic: topic,
 *     alarmOverrides: {
 *       duration: { threshold: 2000, severity: AlarmSeverity.CRITICAL },
 *       throttles: { enabled: false },
 *     },
 *   },
 * });
 */
export interface MonitoringOptions {
  /**
   * Whether to create alarms.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Options for single alarms, by alarm name: `coldStartWarning`, `coldStartCritical`, `errorRate`, `routerLoadFailures`, `throttles`, `concurrency`,
   * `duration`, `memory`, and `trafficFloor`, which exists only with a `threshold`.
   *
   * Synthesis fails for any other name. Numbers and periods must be known at synthesis.
   *
   * @default - the defaults of each alarm
   * @see https://github.com/cdk-lazy-api/cdk-lazy-api/blob/main/docs/monitoring.md#alarms lists them
   */
  readonly alarmOverrides?: { [name: string]: AlarmOptions };

  /**
   * The topic that alarms notify.
   *
   * @default - none; alarms are visible only in CloudWatch
   */
  readonly alarmTopic?: ITopic;

  /**
   * The topic for warnings, instead of `alarmTopic`.
   *
   * @default - alarmTopic
   */
  readonly warningTopic?: ITopic;

  /**
   * The topic for critical alarms, instead of `alarmTopic`.
   *
   * @default - alarmTopic
   */
  readonly criticalTopic?: ITopic;

  /**
   * Additional actions for warnings: at most 5, or at most 4 with a topic.
   *
   * Several alarms share each action. For `LambdaAction`, this requires the feature flag
   * `@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction`, and only one API can use the action.
   *
   * @default - none
   */
  readonly warningActions?: IAlarmAction[];

  /**
   * Additional actions for critical alarms: at most 5, or at most 4 with a topic. As with `warningActions`, several alarms share each action.
   *
   * @default - none
   */
  readonly criticalActions?: IAlarmAction[];

  /**
   * Whether to also notify topics and actions when an alarm returns to the OK state.
   *
   * @default false
   */
  readonly notifyOk?: boolean;

  /**
   * Whether to create a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * The name of the dashboard: 1 to 255 letters, digits, `-`, and `_`.
   *
   * @default - CloudFormation generates a name
   */
  readonly dashboardName?: string;

  /**
   * An existing dashboard to add the rows to, at its end.
   *
   * @default - a new dashboard
   */
  readonly existingDashboard?: Dashboard;

  /**
   * Whether to save CloudWatch Logs Insights queries for the function's log.
   *
   * @default true
   */
  readonly savedQueries?: boolean;

  /**
   * Whether to report every metric for each router too, with the dimension `Router`.
   *
   * CloudWatch bills each of them as a custom metric, at USD 0.30 per month for the first ten thousand metrics. Thirty routers report up to 210
   * metrics, which cost USD 63 per month. The router tables of the dashboard use the log and do not need these metrics.
   *
   * @see https://aws.amazon.com/cloudwatch/pricing/
   * @default false
   */
  readonly perRouterMetrics?: boolean;
}
