/**
 * Node.js's own request and response.
 *
 * They are not imported. For an import, Node.js reads all exports of `node:http`. The export `WebSocket` loads its fetch implementation, which takes
 * 30 ms of INIT.
 */
import type * as Http from 'node:http';

export const { IncomingMessage, ServerResponse }: typeof Http = process.getBuiltinModule('node:http');
export type IncomingMessage = Http.IncomingMessage;
