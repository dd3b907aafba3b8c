import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { toMetric } from '../private/to-metric';

/** Where a kind of endpoint reports, and its names of what all kinds report. */
export interface ApiMetricsSource {
  readonly namespace: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly names: { readonly requests: string; readonly clientErrors: string; readonly serverErrors: string; readonly latency: string };
}

/**
 * What the endpoint itself reports to CloudWatch, whatever its kind.
 */
export class ApiMetrics {
  /** @internal */
  public static _from(source: ApiMetricsSource): ApiMetrics {
    return new ApiMetrics(source);
  }

  /** @internal */
  private readonly _source: ApiMetricsSource;

  private constructor(source: ApiMetricsSource) {
    this._source = source;
  }

  /** The number of requests. Sum over 5 minutes unless said otherwise. */
  public requests(options: MetricOptions = {}): Metric {
    return this.metric('requests', Stats.SUM, options);
  }

  /** The number of answers with a status from 400 to 499. Sum over 5 minutes unless said otherwise. */
  public clientErrors(options: MetricOptions = {}): Metric {
    return this.metric('clientErrors', Stats.SUM, options);
  }

  /** The number of answers with a status from 500 to 599. Sum over 5 minutes unless said otherwise. */
  public serverErrors(options: MetricOptions = {}): Metric {
    return this.metric('serverErrors', Stats.SUM, options);
  }

  /** The time from a request's arrival to its answer, in milliseconds. Average over 5 minutes unless said otherwise. */
  public latency(options: MetricOptions = {}): Metric {
    return this.metric('latency', Stats.AVERAGE, options);
  }

  private metric(name: keyof ApiMetricsSource['names'], statistic: string, options: MetricOptions): Metric {
    const { namespace, dimensions, names } = this._source;
    return toMetric({ namespace, metricName: names[name], dimensions, statistic }, options);
  }
}
