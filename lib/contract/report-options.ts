/** What the function reports. */
export interface ReportOptions {
  /** False: only cold starts and failures have a line. The metrics `Requests` and `RequestDuration` are then missing.  */
  readonly everyRequest: boolean;
  /** Whether the lines contain the request's path. */
  readonly path: boolean;
  readonly perRouterMetrics: boolean;
  readonly perVersionMetrics: boolean;
}
