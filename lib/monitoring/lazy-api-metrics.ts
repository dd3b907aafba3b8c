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
  /** What the function reports; undefined for nothing. */
  readonly report: ReportOptions | undefined;
  readonly prefixes: readonly string[];
  readonly platform: PlatformMetrics;
}

/** The metrics that only a log of every request has. */
const OF_EVERY_REQUEST: readonly MetricName[] = ['Requests', 'RequestDuration'];

/**
 * What the function reports of itself. Durations are in milliseconds.
 *
 * What Lambda reports (`Invocations`, `Errors`, `Throttles`, ...) is at `api.function.metricInvocations()` and its neighbours, and what
 * API Gateway reports at `api.endpoint.metrics`.
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
   * How long callers waited who waited for an environment to start: from the arrival of the request at the endpoint to the end of the answer.
   * Environments that Lambda starts ahead of demand, and provisioned ones, are no cold starts. P95 over 5 minutes unless said otherwise.
   */
  public coldStartDuration(options: MetricOptions = {}): Metric {
    return this.reported('ColdStartDuration', Stats.percentile(95), options);
  }

  /**
   * The part of a cold start that is the function's own doing: from the start of its process to the end of INIT, and the loading of the router. P95
   * over 5 minutes unless said otherwise.
   */
  public initAndLoadDuration(options: MetricOptions = {}): Metric {
    return this.reported('InitAndLoadDuration', Stats.percentile(95), options);
  }

  /** How long requests waited that were the first for their router in an environment. Average over 5 minutes unless said otherwise. */
  public routerLoadDuration(options: MetricOptions = {}): Metric {
    return this.reported('RouterLoadDuration', Stats.AVERAGE, options);
  }

  /** How long the function took for requests that are no cold starts. P95 over 5 minutes unless said otherwise. */
  public requestDuration(options: MetricOptions = {}): Metric {
    return this.reported('RequestDuration', Stats.percentile(95), options);
  }

  /** The number of requests that the function answered. Sum over 5 minutes unless said otherwise. */
  public requests(options: MetricOptions = {}): Metric {
    return this.reported('Requests', Stats.SUM, options);
  }

  /**
   * The number of answers with a status from 500 to 599. Timeouts and crashes are not among them: Lambda counts those
   * (`api.function.metricErrors()`). Sum over 5 minutes unless said otherwise.
   */
  public serverErrors(options: MetricOptions = {}): Metric {
    return this.reported('ServerErrors', Stats.SUM, options);
  }

  /** The number of requests whose router could not be loaded, and of modules that INIT could not load. Sum over 5 minutes unless said otherwise. */
  public routerLoadFailures(options: MetricOptions = {}): Metric {
    return this.reported('RouterLoadFailures', Stats.SUM, options);
  }

  /**
   * Lambda's own figure for INIT, from the report that it logs of an environment's first invocation; it leaves out what is loaded lazily. Asking for
   * it creates a metric filter. P95 over 5 minutes unless said otherwise.
   *
   * A report does not tell the function: functions that share a log group share the figure.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
   */
  public initDuration(options: MetricOptions = {}): Metric {
    return this.platform('initDurationMs', Stats.percentile(95), options);
  }

  /**
   * The most memory that an environment used, in MB, as Lambda reports it. Asking for it creates a metric filter. Maximum over 5 minutes unless said
   * otherwise.
   */
  public maxMemoryUsed(options: MetricOptions = {}): Metric {
    return this.platform('maxMemoryUsedMB', Stats.MAXIMUM, options);
  }

  /** The metrics of one router. Needs `monitoring.perRouterMetrics`. */
  public forRouter(prefix: string): LazyApiMetrics {
    const { report, prefixes } = this._source;
    if (!report?.perRouterMetrics) {
      throw new LazyApiError('METRIC', 'metrics of one router must be asked for: set monitoring.perRouterMetrics to true');
    }
    if (!prefixes.includes(prefix)) {
      throw new LazyApiError('METRIC', `there must be a router at the prefix, got "${prefix}"; there are ${prefixes.join(', ')}`);
    }
    return new LazyApiMetrics(this._source, prefix);
  }

  /**
   * Whether the function reports it.
   * @internal
   */
  public _has(name: MetricName): boolean {
    const { report } = this._source;
    return report !== undefined && (report.everyRequest || !OF_EVERY_REQUEST.includes(name));
  }

  /**
   * Whether Lambda reports its own figures.
   * @internal
   */
  public _hasPlatform(): boolean {
    return this._source.platform.isReported;
  }

  private reported(metricName: MetricName, statistic: string, options: MetricOptions): Metric {
    if (!this._has(metricName)) {
      throw new LazyApiError('METRIC', `${metricName} must be reported by the function: set requestLog to RequestLog.everyRequest()`);
    }
    const dimensions = {
      FunctionName: this._source.function.functionName,
      ...this.prefix !== undefined && { Router: routerDimension(this.prefix) },
    } satisfies { [name in DimensionName]?: string };
    return this.metric({ metricName, dimensions, statistic }, options);
  }

  private platform(figure: PlatformFigure, statistic: string, options: MetricOptions): Metric {
    if (this.prefix !== undefined) throw new LazyApiError('METRIC', 'Lambda reports of the whole function, not of a router');
    if (!this._hasPlatform()) throw new LazyApiError('METRIC', `${figure} must be reported by Lambda: systemLogLevelV2 must be INFO or lower`);
    return this.metric({ metricName: this._source.platform.metricName(figure), statistic }, options);
  }

  /** Of the function's region and account, wherever it is shown. */
  private metric(defaults: Omit<MetricDefaults, 'namespace'>, options: MetricOptions): Metric {
    return toMetric({ namespace: METRIC_NAMESPACE, ...defaults }, options).attachTo(this._source.function);
  }
}
