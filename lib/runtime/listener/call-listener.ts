/**
 * Serves one event with a listener.
 */
import type { Socket } from 'node:net';
import type { Answer } from './connection';
import { ServerResponse } from './node-http';
import { toIncoming } from './to-incoming';
import type { Listener } from './to-listener';
import { Content, Result } from '../answers/result';
import type { Flight } from '../flights';
import type { Mount } from '../web/mount';
import { encodeBody, HeaderMap, headersOf } from '../web/result-parts';

export async function callListener(listener: Listener, mounted: Mount, flight: Flight): Promise<Result> {
  const { request, connection } = toIncoming(flight, mounted);
  const response = new ServerResponse(request);
  // The endpoint sends the date and frames the body. While Node.js writes the head, it may assume chunked encoding, so that it allows trailers.
  response.sendDate = false;
  Object.defineProperty(response, 'chunkedEncoding', { get: () => !response.headersSent, set: () => {} });
  response.assignSocket(connection as unknown as Socket);
  // Node.js's server does this for its own sockets.
  Object.defineProperty(response, 'writableNeedDrain', { get: () => connection.writableNeedDrain });
  connection.on('drain', () => response.emit('drain'));
  response.on('finish', () => {
    connection.finish();
    // The request ends even if the listener has not read the body.
    request.resume();
  });
  // As when a client disconnects.
  flight.controller = { abort: () => request.destroy() };

  void call(listener, request, response).catch((error: Error) => {
    // The response is sent, so no client waits for a later failure.
    if (connection.destroyed) throw error;
    connection.destroy(error);
  });
  return toResult(await connection.answer, flight);
}

/** Thrown errors and rejections are treated in the same way. */
async function call(listener: Listener, ...given: Parameters<Listener>): Promise<void> {
  await listener(...given);
}

/** If the endpoint streams, so does the response. */
async function toResult({ statusCode, headers: pairs, body }: Answer, { event, stream }: Flight): Promise<Result> {
  const headers = toHeaderMap(pairs);
  const head = { statusCode, ...headersOf(headers, event) };
  if (stream) return { ...head, content: toContent(body) };
  return { ...head, ...encodeBody(await readAll(body), headers) };
}

/** `toArray` takes four times as long. */
function readAll(body: Answer['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
}

function toHeaderMap(pairs: Answer['headers']): HeaderMap {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value);
  return Object.assign(joined, { getSetCookie: () => pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value) });
}

function toContent(body: Answer['body']): Content {
  const cancel = async () => void body.destroy();
  const chunks = body[Symbol.asyncIterator]();
  return { cancel, getReader: () => ({ cancel, read: () => chunks.next() as ReturnType<ReturnType<Content['getReader']>['read']> }) };
}
