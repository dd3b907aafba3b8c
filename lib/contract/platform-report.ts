/**
 * The report that Lambda writes about each invocation if the log format is JSON.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */

/** The type of the report's line. */
export const PLATFORM_REPORT = 'platform.report';

/** The paths of the members of the report from which metrics are made. */
export const PLATFORM_FIELDS = {
  type: 'type',
  /** Only in the first report of an execution environment that was started on demand. */
  initDurationMs: 'record.metrics.initDurationMs',
  maxMemoryUsedMB: 'record.metrics.maxMemoryUsedMB',
} as const;
