/**
 * Writes one line for each request, which also contains its metrics. The generated entry imports it unless reporting is off.
 *
 * The line is written to stdout unchanged, because `console` would nest it in one of Lambda's documents, and CloudWatch would see no metrics.
 */
import { coldStartDuration, EnvironmentStart } from './cold-start';
import { Dimensions, embedMetrics, Metrics } from './emf';
import { RequestLine } from '../../contract/log-lines';
import { routerDimension } from '../../contract/metrics';
import { ReportOptions } from '../../contract/report-options';
import { isHttpApiEvent } from '../events';
import type { Flight } from '../flights';

type Line = Omit<RequestLine, 'timestamp'>;

/** How the environment started, and how long it took in milliseconds. */
interface Start extends EnvironmentStart {
  readonly initMs: number;
}

export interface RequestReporter {
  /** INIT has ended. This number of modules could not be loaded. */
  initDone(failures: number): void;
  /** A response was sent, or was aborted. */
  answered(flight: Flight): void;
}

const LOAD_FAILED = /^ROUTER_(LOAD_FAILED|EXPORT)$/;

/** What a caller chooses is truncated, in characters, because a line must stay below the 256 KB that Lambda passes on. */
const MAX_METHOD = 32;
const MAX_ID = 128;
const MAX_PATH = 2048;

export function report(options: ReportOptions): RequestReporter {
  const { env } = process;
  const initType = env.AWS_LAMBDA_INITIALIZATION_TYPE;
  const own = { FunctionName: env.AWS_LAMBDA_FUNCTION_NAME, ...options.perVersionMetrics && { ExecutedVersion: env.AWS_LAMBDA_FUNCTION_VERSION } };
  /** How the environment started, until the response to its first request. */
  let start: Start | undefined;

  return {
    initDone(failures) {
      start = { onDemand: initType === 'on-demand', processStarted: performance.timeOrigin, initEnded: Date.now(), initMs: round(performance.now()) };
      if (failures) write({ level: 'ERROR', message: `INIT could not load ${failures} modules`, initType }, { RouterLoadFailures: failures }, own);
    },

    answered(flight) {
      const first = start;
      start = undefined;
      const reported = toReport(flight, options, initType, first);
      if (reported) write(...reported, { ...own, ...options.perRouterMetrics && flight.router && { Router: routerDimension(flight.router) } });
    },
  };
}

/** Undefined for an event that did not come through an API, and for a request that needs no line. */
function toReport(
  { event, requestId, router, started, load, loaded, status, errorCode }: Flight,
  options: ReportOptions, initType: string | undefined, first: Start | undefined,
): [Line, Metrics] | undefined {
  if (!event?.requestContext) return undefined;
  const isHttpApi = isHttpApiEvent(event);
  const method = cut(isHttpApi ? event.requestContext.http?.method : event.httpMethod, MAX_METHOD);
  const arrived = isHttpApi ? event.requestContext.timeEpoch : event.requestContext.requestTimeEpoch;
  const now = performance.now();
  const ended = Date.now();
  const totalMs = round(now - started);
  const coldStart = first && coldStartDuration(first, { arrived, began: ended - totalMs, ended });
  // An aborted response has no status. It has a line like an error, but Lambda itself counts it.
  const isOrdinary = coldStart === undefined && load === undefined && (status ?? 500) < 500;
  if (isOrdinary && !options.everyRequest) return undefined;

  const line: Line = {
    level: 'INFO',
    message: `${method ?? '-'} ${router ?? '-'} ${status ?? 'broken off'}`,
    requestId,
    apiRequestId: cut(event.requestContext.requestId, MAX_ID),
    router,
    method,
    status,
    errorCode,
    path: options.path ? cut(isHttpApi ? event.rawPath : event.path, MAX_PATH) : undefined,
    coldStart: coldStart !== undefined,
    initType,
    initMs: first?.initMs,
    routerLoadMs: load && round((loaded ?? now) - load),
    handlerMs: loaded && round(now - loaded),
    totalMs,
  };
  return [line, metricsOf(line, coldStart, options.everyRequest)];
}

function metricsOf(
  { status, errorCode, initMs = 0, routerLoadMs, handlerMs, totalMs }: Line, coldStart: number | undefined, everyRequest: boolean,
): Metrics {
  return {
    ...coldStart !== undefined && { ColdStartDuration: coldStart, InitAndLoadDuration: round(initMs + (routerLoadMs ?? 0)) },
    ...everyRequest && { Requests: 1, ...coldStart === undefined && { RequestDuration: totalMs } },
    ...routerLoadMs !== undefined && { RouterLoadDuration: routerLoadMs },
    ServerErrors: Number((status ?? 0) >= 500),
    ...handlerMs === undefined && LOAD_FAILED.test(errorCode ?? '') && { RouterLoadFailures: 1 },
  };
}

function write(fields: object, metrics: Metrics, dimensions: Dimensions): void {
  const timestamp = Date.now();
  process.stdout.write(JSON.stringify({ timestamp: new Date(timestamp), ...fields, ...embedMetrics(timestamp, metrics, dimensions) }) + '\n');
}

/** A direct invocation of the function can send anything. */
function cut(value: unknown, length: number): string | undefined {
  return typeof value === 'string' ? value.slice(0, length) : undefined;
}

/** Microseconds are noise. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
