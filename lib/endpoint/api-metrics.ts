import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { toMetric } from '../private/to-metric';

/** Where a kind of endpoint reports its metrics, and its names for the metrics that all kinds report. */
export interface ApiMetricsSource {
  readonly namespace: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly names: { readonly requests: string; readonly clientErrors: string; readonly serverErrors: string; readonly latency: string };
}

/** The CloudWatch metrics that the endpoint reports. All kinds of endpoints have them. */
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

  /** The number of requests. By default, the sum over 5 minutes. */
  public requests(options: MetricOptions = {}): Metric {
    return this.metric('requests', Stats.SUM, options);
  }

  /** The number of responses with a status from 400 to 499. By default, the sum over 5 minutes. */
  public clientErrors(options: MetricOptions = {}): Metric {
    return this.metric('clientErrors', Stats.SUM, options);
  }

  /** The number of responses with a status from 500 to 599. By default, the sum over 5 minutes. */
  public serverErrors(options: MetricOptions = {}): Metric {
    return this.metric('serverErrors', Stats.SUM, options);
  }

  /** The time from the arrival of a request to its response, in milliseconds. By default, the average over 5 minutes. */
  public latency(options: MetricOptions = {}): Metric {
    return this.metric('latency', Stats.AVERAGE, options);
  }

  private metric(name: keyof ApiMetricsSource['names'], statistic: string, options: MetricOptions): Metric {
    const { namespace, dimensions, names } = this._source;
    return toMetric({ namespace, metricName: names[name], dimensions, statistic }, options);
  }
}
