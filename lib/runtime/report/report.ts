/**
 * One line for each request, which is also where its metrics come from. The generated entry imports it unless reporting is off.
 *
 * Written to stdout as it is: `console` would nest it in a document of Lambda's, and CloudWatch would see no metrics.
 */
import { coldStartDuration, EnvironmentStart } from './cold-start';
import { embedMetrics, Metrics } from './emf';
import { RequestLine } from '../../contract/log-lines';
import { DimensionName, routerDimension } from '../../contract/metrics';
import { ReportOptions } from '../../contract/report-options';
import { ApiEvent, isHttpApiEvent } from '../events';
import type { Flight } from '../flights';

export interface Reporter {
  /** INIT is over; so many modules could not be loaded. */
  initialised(failures: number): void;
  /** An answer is out, or has broken off. */
  answered(flight: Flight, event: ApiEvent, outcome: Outcome): void;
}

export interface Outcome {
  /** Undefined where the answer broke off: Lambda itself counts that as an error. */
  readonly status: number | undefined;
  /** The code of the failure that the runtime answered. */
  readonly errorCode: string | undefined;
}

export type Report = typeof report;

const LOAD_FAILED = /^ROUTER_(LOAD_FAILED|EXPORT)$/;

/** What a caller chooses is cut: a line must stay below the 256 KB that Lambda passes on. */
const MAX_METHOD = 32;
const MAX_ID = 128;
const MAX_PATH = 2048;

export function report(options: ReportOptions): Reporter {
  const { env } = process;
  const initType = env.AWS_LAMBDA_INITIALIZATION_TYPE;
  const own = { FunctionName: env.AWS_LAMBDA_FUNCTION_NAME, ...options.perVersionMetrics && { ExecutedVersion: env.AWS_LAMBDA_FUNCTION_VERSION } };
  let start: EnvironmentStart = { onDemand: false, processStarted: 0, initEnded: 0 };
  let initMs: number | undefined;

  function write(fields: object, metrics: Metrics, dimensions: { readonly [name in DimensionName]?: string }): void {
    const timestamp = Date.now();
    const line = { timestamp: new Date(timestamp), ...fields, ...embedMetrics(timestamp, metrics, dimensions) };
    process.stdout.write(JSON.stringify(line) + '\n');
  }

  return {
    initialised(failures) {
      initMs = round(performance.now());
      start = { onDemand: initType === 'on-demand', processStarted: performance.timeOrigin, initEnded: Date.now() };
      if (failures) write({ level: 'ERROR', message: `INIT could not load ${failures} modules`, initType }, { RouterLoadFailures: failures }, own);
    },

    answered({ requestId, router, started, load, loaded }, event, { status, errorCode }) {
      const now = performance.now();
      const ended = Date.now();
      const isFirst = initMs;
      initMs = undefined;
      // Not through an API, so nobody's request.
      if (!event?.requestContext) return;
      const { id, method, path, arrived } = read(event);
      const totalMs = round(now - started);
      const coldStart = isFirst === undefined ? undefined : coldStartDuration(start, { arrived, began: ended - totalMs, ended });
      const isCold = coldStart !== undefined;
      const failed = !(status! < 500);
      if (!options.everyRequest && !isCold && !failed && load === undefined) return;

      const routerLoadMs = load === undefined ? undefined : round((loaded ?? now) - load);
      const line: Omit<RequestLine, 'timestamp'> = {
        level: 'INFO',
        message: `${method ?? '-'} ${router ?? '-'} ${status ?? 'broken off'}`,
        requestId,
        apiRequestId: id,
        router,
        method,
        status,
        errorCode,
        path: options.path ? path : undefined,
        coldStart: isCold,
        initType,
        initMs: isFirst,
        routerLoadMs,
        handlerMs: loaded === undefined ? undefined : round(now - loaded),
        totalMs,
      };
      write(line, {
        ...isCold && { ColdStartDuration: coldStart, InitAndLoadDuration: round(isFirst! + (routerLoadMs ?? 0)) },
        ...options.everyRequest && { Requests: 1, ...!isCold && { RequestDuration: totalMs } },
        ...routerLoadMs !== undefined && { RouterLoadDuration: routerLoadMs },
        ServerErrors: Number(status !== undefined && failed),
        ...loaded === undefined && LOAD_FAILED.test(errorCode ?? '') && { RouterLoadFailures: 1 },
      }, { ...own, ...options.perRouterMetrics && router && { Router: routerDimension(router) } });
    },
  };
}

/** Whoever may invoke the function directly can send anything. */
function read(event: ApiEvent): { id?: string; method?: string; path?: string; arrived?: number } {
  const isHttpApi = isHttpApiEvent(event);
  const arrived: unknown = isHttpApi ? event.requestContext.timeEpoch : event.requestContext.requestTimeEpoch;
  return {
    id: cut(event.requestContext.requestId, MAX_ID),
    method: cut(isHttpApi ? event.requestContext.http?.method : event.httpMethod, MAX_METHOD),
    path: cut(isHttpApi ? event.rawPath : event.path, MAX_PATH),
    arrived: typeof arrived === 'number' ? arrived : undefined,
  };
}

function cut(value: unknown, length: number): string | undefined {
  return typeof value === 'string' ? value.slice(0, length) : undefined;
}

/** Microseconds are noise. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
