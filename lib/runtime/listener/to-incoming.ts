/** Converts an event to what Node.js's HTTP server passes to a listener. */
import type { Socket } from 'node:net';
import { Connection } from './connection';
import { IncomingMessage } from './node-http';
import { ApiEvent, isHttpApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';
import type { Flight } from '../flights';
import { hasDotSegment, Mount } from '../web/mount';
import { headerPairs, methodOf, originOf, queryOf } from '../web/request-parts';

export interface ConnectedMessage {
  readonly request: IncomingMessage;
  readonly connection: Connection;
}

const HTTP_1_1 = { httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, complete: true };

/** The method with which Node.js's own parser sets `rawHeaders`, `headers`, and `headersDistinct`. */
type ParsedMessage = IncomingMessage & { _addHeaderLines(headers: string[], count: number): void };

/** `originalUrl` and `baseUrl` have the same values as in a router that Express has mounted. */
export function toIncoming({ event, context }: Flight, { path, base }: Mount): ConnectedMessage {
  if (hasDotSegment(path)) throw new CodedError('PATH_REFUSED', 'the path has "." or ".." segments, which many frameworks resolve');
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const given = headerPairs(event);
  const origin = new URL(originOf(event, readerOf(given)));
  const connection = new Connection(callerOf(event), origin.protocol === 'https:');
  const request = new IncomingMessage(connection as unknown as Socket) as ParsedMessage;
  const headers = rawHeaders(given, {
    'host': origin.host,
    'x-forwarded-prefix': base || undefined,
    'transfer-encoding': undefined,
    'content-length': body.length || readerOf(given).get('content-length') !== null ? String(body.length) : undefined,
    // A function URL sends the cookies in both places.
    ...isHttpApiEvent(event) && event.cookies?.length && { cookie: event.cookies.join('; ') },
  });
  request._addHeaderLines(headers, headers.length);
  request.push(body);
  request.push(null);
  const url = path + queryOf(event);
  const lambda = { event, requestContext: event.requestContext, lambdaContext: context };
  Object.assign(request, { ...HTTP_1_1, method: methodOf(event), url, originalUrl: base + url, baseUrl: base, lambda });
  return { connection, request };
}

/** The caller's address, as the endpoint reports it. */
function callerOf({ requestContext }: ApiEvent): string | undefined {
  const { http, identity } = (requestContext ?? {}) as { readonly [name in 'http' | 'identity']?: { readonly sourceIp?: string } };
  return (http ?? identity)?.sourceIp;
}

type Pairs = ReadonlyArray<readonly [name: string, value: string]>;

function readerOf(pairs: Pairs): Pick<Headers, 'get'> {
  return { get: (wanted) => pairs.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null };
}

/**
 * Alternating names and values, as Node.js's parser returns them. Some are replaced with the values that are true for the request as the router
 * receives it.
 */
function rawHeaders(given: Pairs, replaced: { readonly [name: string]: string | undefined }): string[] {
  const kept = given.filter(([name]) => !Object.hasOwn(replaced, name.toLowerCase()));
  return [...kept, ...Object.entries(replaced)].flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}
