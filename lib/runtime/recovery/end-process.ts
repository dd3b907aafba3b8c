/**
 * Ends the environment, but not before Lambda has the answer to the request in flight.
 *
 * Lambda's runtime client hands the answer over either synchronously, in native code, one turn of the event loop after
 * the handler has resolved (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, lifecycle-manager.ts), or
 * with node:http, which tells so on a diagnostics channel. It must be done soon: a frozen environment would end on thaw,
 * with the next request.
 */
interface HttpMessage {
  readonly request: { readonly method: string; readonly path: string };
}

/** Turns of the event loop in which the client takes the answer. */
const TURNS = 5;

/** When the answer was sent but Lambda never took it, in milliseconds. */
const PATIENCE = 1_000;

/** To be called before the handler resolves. */
export function endAfterResponse(): void {
  const end = () => process.exit(1);
  let posted = false;
  const channels = process.getBuiltinModule('node:diagnostics_channel');
  channels.subscribe('http.client.request.start', (message) => { posted ||= isAnswer(message as HttpMessage); });
  channels.subscribe('http.client.response.finish', (message) => { if (isAnswer(message as HttpMessage)) end(); });
  afterTurns(TURNS, () => { if (!posted) end(); });
  setTimeout(end, PATIENCE);
}

function isAnswer({ request: { method, path } }: HttpMessage): boolean {
  return method === 'POST' && path.endsWith('/response');
}

function afterTurns(turns: number, callback: () => void): void {
  setImmediate(() => (turns > 1 ? afterTurns(turns - 1, callback) : callback()));
}
