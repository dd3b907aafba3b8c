/**
 * What the function reports of itself: the lines that it writes, and the metrics that CloudWatch makes of them. Queries, metric filters, alarms
 * and dashboards name nothing that is not here.
 */

/** The namespace of all metrics that the function reports. */
export const METRIC_NAMESPACE = 'LazyApi';

/** The metrics that the function reports in its request lines. A name is API: alarms of users' own are written against it. */
export type MetricName =
  /** Milliseconds from a request reaching the front door to its answer, where the request waited for the environment to start. */
  | 'ColdStartDuration'
  /** Milliseconds of a cold start that the function's own code can do something about: INIT, and the loading of the router. */
  | 'InitAndLoadDuration'
  /** Milliseconds that a request waited for its router to be loaded. */
  | 'RouterLoadDuration'
  /** Milliseconds of a request that did not wait for the environment to start. */
  | 'RequestDuration'
  /** 1 for a request. */
  | 'Requests'
  /** 1 for an answer from 500 to 599, else 0. */
  | 'ServerErrors'
  /** 1 for a request whose router could not be loaded; in INIT, the number of modules that could not. */
  | 'RouterLoadFailures';

export type MetricUnit = 'Milliseconds' | 'Count';

export function unitOf(metric: MetricName): MetricUnit {
  return metric.endsWith('Duration') ? 'Milliseconds' : 'Count';
}

/** The dimensions of the metrics. */
export type DimensionName =
  | 'FunctionName'
  /** The router's prefix, where metrics per router are asked for. */
  | 'Router'
  /** The version of the function, where a rollout compares two. Named as AWS/Lambda names it. */
  | 'ExecutedVersion';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const MAX_DIMENSION_LENGTH = 1024;

/** The value of the dimension `Router`. */
export function routerDimension(prefix: string): string {
  return prefix.slice(0, MAX_DIMENSION_LENGTH);
}

/** The metrics that rollback alarms need of each version for itself. */
export const VERSION_METRICS: readonly MetricName[] = ['ServerErrors', 'RouterLoadFailures'];

/** What the function reports, and how much. */
export interface ReportOptions {
  /** False: only cold starts and failures have a line. The metrics `Requests` and `RequestDuration` are then not there. */
  readonly everyRequest: boolean;
  /** Whether the lines tell the request's path. */
  readonly path: boolean;
  readonly perRouterMetrics: boolean;
  readonly perVersionMetrics: boolean;
}

/**
 * One line: what happened to a request. Beside these fields, it has dimensions and metrics as members, for it is a document in CloudWatch's
 * embedded metric format too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export interface RequestLine {
  /** ISO 8601, in UTC. */
  readonly timestamp: string;
  /** Always INFO: Lambda drops lines below the function's application log level. */
  readonly level: 'INFO';
  /** Method, router and status, for people who read. */
  readonly message: string;
  /** Lambda's id of the invocation. */
  readonly requestId?: string;
  /** API Gateway's id of the request, as in its access log. */
  readonly apiRequestId?: string;
  /** The router's prefix. Missing where no router was found. */
  readonly router?: string;
  readonly method?: string;
  /** Missing where the answer broke off. */
  readonly status?: number;
  /** The code of the failure, where there is one. A line of its own tells more. */
  readonly errorCode?: string;
  /** The path as it came, without the query string. Only where it is asked for: it may hold personal data. */
  readonly path?: string;
  /** Whether the request waited for the environment to start. */
  readonly coldStart: boolean;
  /** How Lambda started the environment: `on-demand`, `provisioned-concurrency`, ... */
  readonly initType?: string;
  /** From the start of the process to the end of INIT; in the first request's line alone. */
  readonly initMs?: number;
  /** How long the request waited for its router to be loaded; missing where the router was there already. */
  readonly routerLoadMs?: number;
  /** From the router being there to the answer being out. */
  readonly handlerMs?: number;
  /** From the event to the answer being out. */
  readonly totalMs: number;
}

/** One line: what went wrong, whether or not a request was there. */
export interface ErrorLine {
  readonly timestamp: string;
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly message: string;
  readonly code: string;
  readonly requestId?: string;
  readonly router?: string;
  /** The file that could not be imported, where it is known. */
  readonly chunk?: string;
  /** What was thrown. */
  readonly error?: { readonly name: string; readonly message: string; readonly stack?: string };
}

/**
 * The report that Lambda writes of every invocation, with the format JSON.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
export interface PlatformReport {
  readonly type: 'platform.report';
  readonly record: {
    readonly requestId: string;
    readonly metrics: {
      readonly durationMs: number;
      readonly billedDurationMs: number;
      readonly memorySizeMB: number;
      readonly maxMemoryUsedMB: number;
      /** Only in the first report of an environment that was started on demand. */
      readonly initDurationMs?: number;
    };
  };
}

/** The variable that says below which level the lines of `getLogger` are left out. */
export const LOG_LEVEL_VARIABLE = 'LAZY_API_LOG_LEVEL';
