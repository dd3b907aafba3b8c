/**
 * The reports that Lambda writes if the log format is JSON: about each invocation, and about each restored snapshot.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */

/** The type of the line about an invocation. */
export const PLATFORM_REPORT = 'platform.report';

/** The type of the line about a snapshot that was restored. Only functions with SnapStart have it. */
export const PLATFORM_RESTORE_REPORT = 'platform.restoreReport';

/** The paths of the members of the reports from which metrics are made. */
export const PLATFORM_FIELDS = {
  type: 'type',
  /** Only in the first report of an execution environment that was started on demand. */
  initDurationMs: 'record.metrics.initDurationMs',
  /** In the report about a restore. */
  restoreDurationMs: 'record.metrics.durationMs',
  maxMemoryUsedMB: 'record.metrics.maxMemoryUsedMB',
} as const;
