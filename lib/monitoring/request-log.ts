import { ReportOptions } from '../contract/report-options';

/** What a request log tells, in the words of the runtime. */
export type RequestLogLevel = Pick<ReportOptions, 'everyRequest' | 'path'>;

/**
 * Which requests the function writes a line about: router, method, status, cold start or not, and how long what took, as one JSON document.
 *
 * The function's metrics are part of these lines (CloudWatch's embedded metric format), so the alarms and graphs that need them go with them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export abstract class RequestLog {
  /**
   * A line for every request: about 700 bytes. It tells the router's prefix, never the path, the query string, headers or bodies: no personal data.
   */
  public static everyRequest(): RequestLog {
    return new WrittenRequestLog({ everyRequest: true, path: false });
  }

  /**
   * A line for every request, with its path as it came, without the query string. A path may hold personal data, such as a patient's number.
   */
  public static withPath(): RequestLog {
    return new WrittenRequestLog({ everyRequest: true, path: true });
  }

  /**
   * A line for cold starts, late loads of a router and failures only. The metrics `Requests` and `RequestDuration` are then missing, and with them
   * their graphs; every alarm works. Worth it from about a hundred million requests a month on.
   */
  public static coldStartsAndErrors(): RequestLog {
    return new WrittenRequestLog({ everyRequest: false, path: false });
  }

  /**
   * No lines, and no metrics from them. Failures of routers are logged nevertheless. Alarms and graphs see only what Lambda itself counts: a
   * router that answers 500 is none of that.
   */
  public static none(): RequestLog {
    return new WrittenRequestLog(undefined);
  }

  /** Undefined for none. @internal */
  public abstract readonly _level: RequestLogLevel | undefined;
}

class WrittenRequestLog extends RequestLog {
  constructor(public readonly _level: RequestLogLevel | undefined) {
    super();
  }
}
