/**
 * Shared by the tests of the runtime: an API of routers that are already loaded, a context, and the logged lines.
 */
import { EndpointTraits } from '../../lib/contract/endpoint';
import { LazyRoute, LazyRouteTable } from '../../lib/contract/javascript/entry';
import { Extras } from '../../lib/runtime/extras';
import * as fetchPart from '../../lib/runtime/fetch/fetch';
import { createLazyApi, LazyApi } from '../../lib/runtime/lazy-api';
import * as listenerPart from '../../lib/runtime/listener/listener';
import { RuntimeParts } from '../../lib/runtime/parts';
import * as recoveryPart from '../../lib/runtime/recovery/recovery';
import { FetchRouter, LambdaContext } from '../../lib/runtime/router-types';

export interface LogLine {
  readonly timestamp: string;
  readonly level: string;
  readonly message: string;
  readonly code: string;
  readonly router?: string;
  readonly chunk?: string;
  readonly header?: string;
  readonly requestId?: string;
  readonly error?: { readonly name: string; readonly message: string; readonly stack?: string; readonly cause?: LogLine['error'] };
}

/** Call it before the code that logs. The returned list grows with each line. */
export function captureLog(): LogLine[] {
  const lines: LogLine[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)) as LogLine);
    return true;
  });
  return lines;
}

/** The parts of the runtime, which Jest cannot import dynamically. */
export const parts: RuntimeParts = { fetch: async () => fetchPart, listener: async () => listenerPart, recovery: async () => recoveryPart };

export function contextOf(remaining = 30_000): LambdaContext {
  return {
    functionName: 'api',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:api',
    memoryLimitInMB: '1024',
    awsRequestId: 'request-1',
    logGroupName: '/aws/lambda/api',
    logStreamName: '2026/01/01/[$LATEST]1',
    getRemainingTimeInMillis: () => remaining,
  };
}

/** Routers by prefix: a handler, an app, or any other default export of a module. */
export type RoutersByPrefix = Record<string, unknown>;

export interface TableOptions {
  readonly greedyRoutes?: EndpointTraits['greedyRoutes'];
  readonly stripPrefix?: false;
  readonly authorized?: true;
}

export interface ApiOptions extends TableOptions {
  readonly extras?: Extras;
}

export function tableOf(routers: RoutersByPrefix, { stripPrefix, authorized, greedyRoutes }: TableOptions = {}): LazyRouteTable {
  const routes = Object.entries(routers).map(([prefix, router]): LazyRoute => ({ prefix, stripPrefix, authorized, load: async () => ({ default: router }) }));
  return { routes, greedyRoutes };
}

export function apiOf(routers: RoutersByPrefix, { extras, ...options }: ApiOptions = {}): LazyApi {
  return createLazyApi(tableOf(routers, options), extras, parts);
}

/** A fetch router that records its requests. */
export function recorder(answer: (request: Request) => Response | Promise<Response> = () => new Response('ok')): FetchRouter & { requests: Request[] } {
  const requests: Request[] = [];
  return {
    requests,
    fetch(request) {
      requests.push(request);
      return answer(request);
    },
  };
}

export function bodyOf(result: { body?: string }): unknown {
  return JSON.parse(result.body ?? '');
}
