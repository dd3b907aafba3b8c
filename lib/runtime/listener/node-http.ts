/**
 * Node.js's own request and response.
 *
 * Not by an import: for that, Node.js reads all exports of `node:http`, and with `WebSocket` it loads its fetch implementation, 30 ms of INIT.
 */
import type * as Http from 'node:http';

export const { IncomingMessage, ServerResponse }: typeof Http = process.getBuiltinModule('node:http');
export type IncomingMessage = Http.IncomingMessage;
