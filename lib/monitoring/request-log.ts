import { ReportOptions } from '../contract/report-options';

/** What the request log contains, in the runtime's terms. */
export type RequestLogLevel = Pick<ReportOptions, 'everyRequest' | 'path'>;

/**
 * Which requests the function logs. Each line is a JSON document with the router, the method, the status, whether the request was a cold start, and
 * durations.
 *
 * These lines also carry the function's metrics, in CloudWatch's embedded metric format. Without the lines, the alarms and graphs that use these
 * metrics are missing too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export abstract class RequestLog {
  /**
   * Logs every request in a line of about 700 bytes. The line contains the router's prefix, but no path, query string, headers, or body, so it
   * contains no personal data.
   */
  public static everyRequest(): RequestLog {
    return new WrittenRequestLog({ everyRequest: true, path: false });
  }

  /** Logs every request with its path as received, without the query string. A path can contain personal data, such as a patient number. */
  public static withPath(): RequestLog {
    return new WrittenRequestLog({ everyRequest: true, path: true });
  }

  /**
   * Logs only cold starts, requests that wait for their router to load, and failures.
   *
   * The metrics `Requests` and `RequestDuration` and their graphs are then missing. All alarms still work. Consider this option from about a hundred
   * million requests per month.
   */
  public static coldStartsAndErrors(): RequestLog {
    return new WrittenRequestLog({ everyRequest: false, path: false });
  }

  /**
   * Logs no requests, and reports none of the metrics in these lines. Failures of routers are still logged.
   *
   * Alarms and graphs then use only what Lambda itself counts, which does not include 500 responses from routers.
   */
  public static none(): RequestLog {
    return new WrittenRequestLog(undefined);
  }

  /**
   * Undefined for none.
   * @internal
   */
  public abstract readonly _level: RequestLogLevel | undefined;
}

class WrittenRequestLog extends RequestLog {
  constructor(public readonly _level: RequestLogLevel | undefined) {
    super();
  }
}
