/**
 * A request that nobody sent, to a router that only echoes: Node.js loads its fetch implementation with the first use, and V8 compiles what handles
 * requests when it is first called. In INIT that takes a tenth of the time that it takes in a request at 128 MB.
 */
import type { FetchCaller } from './call-fetch-router';
import type { Route } from '../route';
import type { FetchRouter, LambdaContext } from '../routers';

const EVENT = {
  version: '2.0',
  routeKey: 'ANY /{proxy+}',
  rawPath: '/rehearsal',
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  requestContext: { http: { method: 'POST' }, domainName: 'localhost' },
  body: '{}',
  isBase64Encoded: false,
} as never;

const ECHO: FetchRouter = {
  fetch: async (request) => new Response(await request.text(), { headers: request.headers }),
};

export async function rehearse(callRouter: FetchCaller): Promise<void> {
  await callRouter(ECHO, { route: { prefix: '/' } as Route, matched: '/' }, EVENT, {} as LambdaContext, {} as never);
}
