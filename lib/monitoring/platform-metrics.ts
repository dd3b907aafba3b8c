import { type IFunction, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../contract/metrics';
import { PLATFORM_FIELDS, PLATFORM_REPORT, PLATFORM_RESTORE_REPORT } from '../contract/platform-report';

export type PlatformFigure = Exclude<keyof typeof PLATFORM_FIELDS, 'type'>;

interface Figure {
  /** The construct ID of the metric filter. */
  readonly id: string;
  readonly metric: string;
  /** The type of the report that has the number. */
  readonly report: string;
}

/** The metric for each number in Lambda's reports. */
const FIGURES: { readonly [figure in PlatformFigure]: Figure } = {
  initDurationMs: { id: 'InitDurationFilter', metric: 'InitDuration', report: PLATFORM_REPORT },
  restoreDurationMs: { id: 'RestoreDurationFilter', metric: 'RestoreDuration', report: PLATFORM_RESTORE_REPORT },
  maxMemoryUsedMB: { id: 'MaxMemoryUsedFilter', metric: 'MaxMemoryUsed', report: PLATFORM_REPORT },
};

/**
 * Metrics from the reports that Lambda logs, like those of Lambda Insights. Each metric has a metric filter, which is created when the metric is
 * first used.
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
    if (!this.scope.node.tryFindChild(id)) this.createFilter(figure, name);
    return name;
  }

  private createFilter(figure: PlatformFigure, metricName: string): void {
    const { id, report } = FIGURES[figure];
    const isReport = FilterPattern.stringValue(`$.${PLATFORM_FIELDS.type}`, '=', report);
    const field = `$.${PLATFORM_FIELDS[figure]}`;
    new MetricFilter(this.scope, id, {
      logGroup: this.logGroup,
      filterPattern: FilterPattern.all(isReport, FilterPattern.numberValue(field, '>=', 0)),
      metricNamespace: METRIC_NAMESPACE,
      metricName,
      metricValue: field,
    });
  }
}
