import type { Dashboard, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { AlarmOptions } from './alarm-options';

/**
 * What watches the function, and who is told.
 */
export interface MonitoringOptions {
  /**
   * Whether alarms are created.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Values of alarms that are other than the default, by the alarm's name: `coldStartWarning`, `coldStartCritical`, `errorRate`,
   * `routerLoadFailures`, `throttles`, `concurrency`, `duration`, `memory`; and `trafficFloor`, which is there only with a `threshold`. A name that
   * no alarm has fails. Numbers and periods must be known at synthesis.
   *
   * @default - none: README has the table
   */
  readonly alarmOverrides?: { [name: string]: AlarmOptions };

  /**
   * The topic that alarms publish to.
   *
   * @default - none: alarms are seen in CloudWatch only
   */
  readonly alarmTopic?: ITopic;

  /**
   * The topic for warnings, in place of `alarmTopic`.
   *
   * @default - alarmTopic
   */
  readonly warningTopic?: ITopic;

  /**
   * The topic for critical alarms, in place of `alarmTopic`.
   *
   * @default - alarmTopic
   */
  readonly criticalTopic?: ITopic;

  /**
   * What warnings also do: at most 5 actions, or 4 with a topic. Each action is for several alarms, which `LambdaAction`
   * allows only with the feature flag `@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction`, and for one API.
   *
   * @default - nothing
   */
  readonly warningActions?: IAlarmAction[];

  /**
   * What critical alarms also do: at most 5 actions, or 4 with a topic. As for `warningActions`, an action is for several alarms.
   *
   * @default - nothing
   */
  readonly criticalActions?: IAlarmAction[];

  /**
   * Whether topics and actions are told, too, when an alarm is over.
   *
   * @default false
   */
  readonly notifyOk?: boolean;

  /**
   * Whether there is a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * The dashboard's name: 1 to 255 letters, digits, `-` and `_`.
   *
   * @default - named by CloudFormation
   */
  readonly dashboardName?: string;

  /**
   * A dashboard of yours, at whose end the rows are added.
   *
   * @default - a dashboard of the API's own
   */
  readonly existingDashboard?: Dashboard;

  /**
   * Whether CloudWatch Logs Insights offers queries for the function's log.
   *
   * @default true
   */
  readonly savedQueries?: boolean;

  /**
   * Whether every metric is there for each router, too, in the dimension `Router`.
   *
   * CloudWatch bills each as a custom metric, USD 0.30 a month for the first ten thousand: with thirty routers up to 210 metrics, USD 63 a month. The
   * dashboard's tables of routers come from the log and need none of it.
   *
   * @see https://aws.amazon.com/cloudwatch/pricing/
   * @default false
   */
  readonly perRouterMetrics?: boolean;
}
