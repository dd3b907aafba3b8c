import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Alarm, CfnAlarm, ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias, CfnVersion, IVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { TrafficShift } from './rollout';
import { DimensionName, METRIC_NAMESPACE, MetricName } from '../contract/metrics';

const MINUTE = Duration.minutes(1);

/** The length of the hash at the end of a version's logical ID in CDK. */
const HASH_LENGTH = 32;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const MAX_LOGICAL_ID = 255;

/**
 * Creates alarms for only the new version. An alarm that fires for the old version must not stop the deployment of the fix.
 *
 * @see https://github.com/aws/serverless-application-model/issues/716
 */
export function createRollbackAlarms(scope: Construct, alias: Alias, watch: NonNullable<TrafficShift['watch']>): Alarm[] {
  const { maxErrorRate, minErrorCount } = watch;
  const metrics = versionMetrics(alias);
  const failures = 'errors + FILL(serverErrors, 0)';
  const rates = `More than ${maxErrorRate} % of the new version's requests, and at least ${minErrorCount} in a minute, fail`;
  return [
    new Alarm(scope, 'ErrorRateAlarm', {
      ...COMMON,
      metric: new MathExpression({
        label: 'Error rate of the new version',
        expression: `IF(${failures} >= ${minErrorCount}, 100 * (${failures}) / invocations, 0)`,
        period: MINUTE,
        usingMetrics: {
          errors: metrics.ofLambda('Errors'),
          invocations: metrics.ofLambda('Invocations'),
          serverErrors: metrics.reported('ServerErrors'),
        },
      }),
      threshold: maxErrorRate,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      alarmDescription: `${rates}. CodeDeploy rolls back the deployment.`,
    }),
    new Alarm(scope, 'LoadFailuresAlarm', {
      ...COMMON,
      metric: metrics.reported('RouterLoadFailures'),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      alarmDescription: 'A router of the new version fails to load. CodeDeploy rolls back the deployment.',
    }),
  ].map((alarm) => renewWith(alarm, alias.version));
}

const COMMON = { evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING };

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html */
function versionMetrics({ lambda: fn, aliasName, version }: Alias) {
  const sum = { statistic: Stats.SUM, period: MINUTE };
  const dimensionsMap = { FunctionName: fn.functionName, ExecutedVersion: version.version } satisfies { [name in DimensionName]?: string };
  const ofAlias = { ...dimensionsMap, Resource: `${fn.functionName}:${aliasName}` };
  return {
    ofLambda: (metricName: string) => new Metric({ ...sum, namespace: 'AWS/Lambda', metricName, dimensionsMap: ofAlias }),
    reported: (metricName: MetricName) => new Metric({ ...sum, namespace: METRIC_NAMESPACE, metricName, dimensionsMap }),
  };
}

/**
 * Gives each version separate alarms. An alarm keeps its state when it starts to watch another metric, so an alarm that fired for the previous
 * version would stop the deployment of this one.
 */
function renewWith(alarm: Alarm, version: IVersion): Alarm {
  const resource = alarm.node.defaultChild as CfnAlarm;
  const stack = Stack.of(alarm);
  const logicalId = stack.resolve(resource.logicalId) as string;
  const { logicalId: versionId } = version.node.defaultChild as CfnVersion;
  const prefix = logicalId.slice(-(MAX_LOGICAL_ID - HASH_LENGTH));
  resource.overrideLogicalId(Lazy.uncachedString({ produce: () => prefix + (stack.resolve(versionId) as string).slice(-HASH_LENGTH) }));
  return alarm;
}
