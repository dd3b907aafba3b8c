/**
 * From an event to what Node.js's HTTP server gives to a listener.
 */
import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Connection } from './connection';
import { ApiEvent, isHttpApiEvent } from '../events';
import type { Mount } from '../fetch/mount';
import { headerPairs, methodOf, queryOf } from '../fetch/to-request';
import type { Flight } from '../flights';

/** Replaced by what is true of the body as the router gets it. */
const OF_THE_BODY = /^(content-length|transfer-encoding|x-forwarded-prefix)$/i;

/** By this method, Node.js's own parser makes `rawHeaders`, `headers` and `headersDistinct` of what it has read. */
type ParsedMessage = IncomingMessage & { _addHeaderLines(headers: string[], count: number): void };

/** `originalUrl` and `baseUrl` are as in a router that Express has mounted. */
export function toIncoming({ event, context }: Flight, { path, base }: Mount, connection: Connection): IncomingMessage {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const url = path + queryOf(event);
  const lambda = { event, requestContext: event.requestContext, lambdaContext: context };
  const request = new IncomingMessage(connection as unknown as Socket) as ParsedMessage;
  const headers = rawHeadersOf(event, base, body.length);
  request._addHeaderLines(headers, headers.length);
  Object.assign(request, {
    method: methodOf(event),
    url,
    originalUrl: base + url,
    baseUrl: base,
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    lambda,
    complete: true,
  });
  if (body.length) request.push(body);
  request.push(null);
  return request;
}

/** The caller's address, as the endpoint knows it. */
export function callerOf({ requestContext }: ApiEvent): string | undefined {
  const { http, identity } = (requestContext ?? {}) as { readonly [name in 'http' | 'identity']?: { readonly sourceIp?: string } };
  return (http ?? identity)?.sourceIp;
}

/** Names and values by turns, as Node.js's parser gives them. */
function rawHeadersOf(event: ApiEvent, base: string, length: number): string[] {
  const given = headerPairs(event);
  const cookies = isHttpApiEvent(event) ? event.cookies ?? [] : [];
  const pairs = [
    // A function URL sends the cookies in both places.
    ...given.filter(([name]) => !OF_THE_BODY.test(name) && !(cookies.length && /^cookie$/i.test(name))),
    ...cookies.length ? [['cookie', cookies.join('; ')]] : [],
    ...length || given.some(([name]) => /^content-length$/i.test(name)) ? [['content-length', String(length)]] : [],
    ...base ? [['x-forwarded-prefix', base]] : [],
  ];
  return pairs.flat();
}
