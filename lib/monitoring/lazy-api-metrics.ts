import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { PlatformFigure, PlatformMetrics } from './platform-metrics';
import { DimensionName, METRIC_NAMESPACE, MetricName, routerDimension } from '../contract/metrics';
import { ReportOptions } from '../contract/report-options';
import { LazyApiError } from '../private/errors';
import { MetricDefaults, toMetric } from '../private/to-metric';

/** Where the metrics come from. */
export interface MetricsSource {
  readonly function: IFunction;
  /** What the function reports. Undefined if it reports nothing. */
  readonly report: ReportOptions | undefined;
  readonly prefixes: readonly string[];
  readonly platform: PlatformMetrics;
  /** Whether environments start from a snapshot. */
  readonly snapStart: boolean;
}

/** The metrics that exist only if every request is logged. */
const OF_EVERY_REQUEST: readonly MetricName[] = ['Requests', 'RequestDuration'];

/**
 * The metrics that the function itself reports. Durations are in milliseconds.
 *
 * For metrics that Lambda reports (`Invocations`, `Errors`, `Throttles`, ...), use `api.function.metricInvocations()` and related methods. For
 * metrics that API Gateway reports, use `api.endpoint.metrics`.
 */
export class LazyApiMetrics {
  /** @internal */
  public static _from(source: MetricsSource, prefix?: string): LazyApiMetrics {
    return new LazyApiMetrics(source, prefix);
  }

  /** @internal */
  private readonly _source: MetricsSource;
  private readonly prefix?: string;

  private constructor(source: MetricsSource, prefix?: string) {
    this._source = source;
    this.prefix = prefix;
  }

  /**
   * The duration of cold starts as callers experience them: from the arrival of a request at the endpoint to the end of its response, for requests
   * that waited for an execution environment to start.
   *
   * Environments that Lambda starts ahead of demand, and environments of provisioned concurrency, do not count. By default, P95 over 5 minutes.
   */
  public coldStartDuration(options: MetricOptions = {}): Metric {
    return this.reported('ColdStartDuration', Stats.percentile(95), options);
  }

  /**
   * The part of a cold start that the function's code causes: the time from the start of the process to the end of INIT, plus the time to load the
   * router. By default, P95 over 5 minutes.
   */
  public initAndLoadDuration(options: MetricOptions = {}): Metric {
    return this.reported('InitAndLoadDuration', Stats.percentile(95), options);
  }

  /**
   * How long requests waited for their router to load, when they were the first for that router in an environment. By default, the average over 5
   * minutes.
   */
  public routerLoadDuration(options: MetricOptions = {}): Metric {
    return this.reported('RouterLoadDuration', Stats.AVERAGE, options);
  }

  /** How long the function took to handle requests that are not cold starts. By default, P95 over 5 minutes. */
  public requestDuration(options: MetricOptions = {}): Metric {
    return this.reported('RequestDuration', Stats.percentile(95), options);
  }

  /** The number of requests that the function handled. By default, the sum over 5 minutes. */
  public requests(options: MetricOptions = {}): Metric {
    return this.reported('Requests', Stats.SUM, options);
  }

  /**
   * The number of responses with a status from 500 to 599. Timeouts and crashes are not included, because Lambda counts them
   * (`api.function.metricErrors()`). By default, the sum over 5 minutes.
   */
  public serverErrors(options: MetricOptions = {}): Metric {
    return this.reported('ServerErrors', Stats.SUM, options);
  }

  /** The number of requests whose router failed to load, plus the number of modules that INIT failed to load. By default, the sum over 5 minutes. */
  public routerLoadFailures(options: MetricOptions = {}): Metric {
    return this.reported('RouterLoadFailures', Stats.SUM, options);
  }

  /**
   * The duration of INIT as Lambda reports it in the log of an environment's first invocation. Code that is loaded lazily is not included. By
   * default, P95 over 5 minutes.
   *
   * Calling this method creates a metric filter. Lambda's report does not name the function, so functions that share a log group share this metric.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
   */
  public initDuration(options: MetricOptions = {}): Metric {
    return this.platform('initDurationMs', Stats.percentile(95), options);
  }

  /**
   * How long Lambda took to restore a snapshot, including the hooks after the restore. Requires `snapStart`. By default, P95 over 5 minutes.
   *
   * Calling this method creates a metric filter. Lambda's report does not name the function, so functions that share a log group share this metric.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart-monitoring.html
   */
  public restoreDuration(options: MetricOptions = {}): Metric {
    if (!this._source.snapStart) throw new LazyApiError('METRIC', 'there are no restored snapshots without snapStart; set snapStart');
    return this.platform('restoreDurationMs', Stats.percentile(95), options);
  }

  /**
   * The maximum memory that an environment used, in MB, as Lambda reports it. Calling this method creates a metric filter. By default, the maximum
   * over 5 minutes.
   */
  public maxMemoryUsed(options: MetricOptions = {}): Metric {
    return this.platform('maxMemoryUsedMB', Stats.MAXIMUM, options);
  }

  /** The metrics of a single router. Requires `monitoring.perRouterMetrics`. */
  public forRouter(prefix: string): LazyApiMetrics {
    const { report, prefixes } = this._source;
    if (!report?.perRouterMetrics) {
      throw new LazyApiError('METRIC', 'metrics of a single router are off by default; set monitoring.perRouterMetrics to true');
    }
    if (!prefixes.includes(prefix)) {
      throw new LazyApiError('METRIC', `prefix must be the prefix of a router, got "${prefix}"; the prefixes are ${prefixes.join(', ')}`);
    }
    return new LazyApiMetrics(this._source, prefix);
  }

  /**
   * Whether the function reports the metric.
   * @internal
   */
  public _has(name: MetricName): boolean {
    const { report } = this._source;
    return report !== undefined && (report.everyRequest || !OF_EVERY_REQUEST.includes(name));
  }

  /**
   * Whether Lambda reports its own metrics.
   * @internal
   */
  public _hasPlatform(): boolean {
    return this._source.platform.isReported;
  }

  /**
   * Whether Lambda reports restored snapshots.
   * @internal
   */
  public _hasRestores(): boolean {
    return this._source.snapStart && this._hasPlatform();
  }

  private reported(metricName: MetricName, statistic: string, options: MetricOptions): Metric {
    if (!this._has(metricName)) {
      throw new LazyApiError('METRIC', `the function does not report ${metricName}; set requestLog to RequestLog.everyRequest()`);
    }
    const dimensions = {
      FunctionName: this._source.function.functionName,
      ...this.prefix !== undefined && { Router: routerDimension(this.prefix) },
    } satisfies { [name in DimensionName]?: string };
    return this.metric({ metricName, dimensions, statistic }, options);
  }

  private platform(figure: PlatformFigure, statistic: string, options: MetricOptions): Metric {
    if (this.prefix !== undefined) {
      throw new LazyApiError('METRIC', 'Lambda reports this metric for the function, not for single routers; call it on api.metrics');
    }
    if (!this._hasPlatform()) throw new LazyApiError('METRIC', `Lambda does not report ${figure}; set systemLogLevelV2 to INFO or lower`);
    return this.metric({ metricName: this._source.platform.metricName(figure), statistic }, options);
  }

  /** The metric belongs to the function's region and account, regardless of where it is shown. */
  private metric(defaults: Omit<MetricDefaults, 'namespace'>, options: MetricOptions): Metric {
    return toMetric({ namespace: METRIC_NAMESPACE, ...defaults }, options).attachTo(this._source.function);
  }
}
