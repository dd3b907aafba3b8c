import type { RequestLine as FunctionLine } from '../../contract/log-lines';
import type { LocalRoute } from '../endpoint/local-endpoint';

/** The line about one request. Times are in milliseconds. */
export interface RequestLine {
  readonly time: Date;
  readonly method: string;
  /** Path and query string, as sent. */
  readonly path: string;
  /** The prefix of the router. Undefined if the request reached none, or if neither the route nor the function's log contains it. */
  readonly router?: string;
  /** Undefined if the client disconnected before the response. */
  readonly status?: number;
  /** Whether the request waited for a new environment. Undefined without an invocation. */
  readonly cold?: boolean;
  /** How long INIT of the environment took. Only for a cold start. */
  readonly initMs?: number;
  /** How long the request waited for its router to load, if the function's log contains it. */
  readonly loadMs?: number;
  /** From the first byte of the request to the last of the response. */
  readonly totalMs: number;
  /** What differs from AWS, and what failed. */
  readonly notes: readonly string[];
}

/** The data of the function's own line about a request. Undefined if the function wrote none. */
export function readFunctionLine(lines: readonly string[]): FunctionLine | undefined {
  const line = lines.filter((text) => text.includes('"totalMs"') && text.startsWith('{')).at(-1);
  try {
    return line === undefined ? undefined : JSON.parse(line) as FunctionLine;
  } catch {
    return undefined;
  }
}

/** Whether a request has shown that its environment has loaded the router. The function may write no line about a warm request. */
export function hasLoadedRouter({ cold, status }: RequestLine, own: FunctionLine | undefined): boolean {
  if (own) return own.handlerMs !== undefined;
  return cold !== undefined && status !== undefined && status < 500;
}

/** The routes of a router are its prefix, and everything below it. */
export function prefixOf(route: LocalRoute | undefined): string | undefined {
  if (!route || route.answer || route.path === '$default') return undefined;
  return route.path.replace(/\/\{[^/]+\+\}$/, '') || '/';
}
