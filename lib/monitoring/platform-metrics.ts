import { type IFunction, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../contract/metrics';
import { PLATFORM_FIELDS, PLATFORM_REPORT } from '../contract/platform-report';

export type PlatformFigure = Exclude<keyof typeof PLATFORM_FIELDS, 'type'>;

/** The metric for each number in Lambda's report, and the construct ID of its filter. */
const FIGURES: { readonly [figure in PlatformFigure]: { readonly id: string; readonly metric: string } } = {
  initDurationMs: { id: 'InitDurationFilter', metric: 'InitDuration' },
  maxMemoryUsedMB: { id: 'MaxMemoryUsedFilter', metric: 'MaxMemoryUsed' },
};

const IS_REPORT = FilterPattern.stringValue(`$.${PLATFORM_FIELDS.type}`, '=', PLATFORM_REPORT);

/**
 * Metrics from the report that Lambda logs about each invocation, like those of Lambda Insights. Each metric has a metric filter, which is created
 * when the metric is first used.
 */
export class PlatformMetrics {
  /** Whether Lambda logs its reports, which have the level INFO. */
  public readonly isReported: boolean;

  constructor(
    private readonly scope: Construct, private readonly logGroup: ILogGroup, private readonly lambdaFunction: IFunction, level?: SystemLogLevel,
  ) {
    this.isReported = level !== SystemLogLevel.WARN;
  }

  /**
   * The name of the figure's metric. It contains the function's name: a report does not name the function, and a filter can use only fields of the
   * report as dimensions.
   */
  public metricName(figure: PlatformFigure): string {
    const { id, metric } = FIGURES[figure];
    const name = `${metric}-${this.lambdaFunction.functionName}`;
    if (!this.scope.node.tryFindChild(id)) this.createFilter(id, name, figure);
    return name;
  }

  private createFilter(id: string, metricName: string, figure: PlatformFigure): void {
    const field = `$.${PLATFORM_FIELDS[figure]}`;
    new MetricFilter(this.scope, id, {
      logGroup: this.logGroup,
      filterPattern: FilterPattern.all(IS_REPORT, FilterPattern.numberValue(field, '>=', 0)),
      metricNamespace: METRIC_NAMESPACE,
      metricName,
      metricValue: field,
    });
  }
}
