import { type IFunction, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, PlatformReport } from '../contract/report';

/** A figure of Lambda's report, and the metric that is made of it. */
const FIGURES = {
  initDurationMs: { id: 'InitDurationFilter', metric: 'InitDuration' },
  maxMemoryUsedMB: { id: 'MaxMemoryUsedFilter', metric: 'MaxMemoryUsed' },
} satisfies { [field in keyof PlatformReport['record']['metrics']]?: { readonly id: string; readonly metric: string } };

export type PlatformFigure = keyof typeof FIGURES;

/**
 * Metrics from the report that Lambda logs of every invocation, as Lambda Insights would give them. Each is a metric filter, made when it is first
 * asked for.
 */
export class PlatformMetrics {
  /** Whether Lambda logs its reports: their level is INFO. */
  public readonly isReported: boolean;

  constructor(
    private readonly scope: Construct, private readonly logGroup: ILogGroup, private readonly lambdaFunction: IFunction, level?: SystemLogLevel,
  ) {
    this.isReported = level !== SystemLogLevel.WARN;
  }

  /**
   * A report does not tell the function, and a filter knows no dimension but a report's fields: so the metric's own name has the function's.
   */
  public metricName(figure: PlatformFigure): string {
    const { id, metric } = FIGURES[figure];
    const name = `${metric}-${this.lambdaFunction.functionName}`;
    if (!this.scope.node.tryFindChild(id)) this.createFilter(id, name, figure);
    return name;
  }

  private createFilter(id: string, metricName: string, figure: PlatformFigure): void {
    const type: PlatformReport['type'] = 'platform.report';
    const field = `$.${'record' satisfies keyof PlatformReport}.${'metrics' satisfies keyof PlatformReport['record']}.${figure}`;
    new MetricFilter(this.scope, id, {
      logGroup: this.logGroup,
      filterPattern: FilterPattern.all(FilterPattern.stringValue(`$.${'type' satisfies keyof PlatformReport}`, '=', type), FilterPattern.numberValue(field, '>=', 0)),
      metricNamespace: METRIC_NAMESPACE,
      metricName,
      metricValue: field,
    });
  }
}
