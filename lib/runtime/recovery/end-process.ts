/**
 * Ends the environment between two requests: when Lambda's runtime client asks for the next invocation, before the call leaves.
 *
 * By then, the client has delivered the response (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, lifecycle-manager.ts). After the
 * call it is too late: Lambda freezes the environment, and thaws it with the next request. `process.exit` is too late in any case: it waits for the
 * client's thread, which waits for the next invocation. A signal does not wait, and routers cannot listen to SIGKILL.
 */
import { attempt } from '../attempt';
import type { Flights } from '../flights';

interface HttpMessage {
  readonly request: { readonly path: string };
}

/** The work of a native client's thread, as async hooks name it: https://github.com/nodejs/node-addon-api/blob/main/doc/async_worker.md */
const NATIVE_WORK = 'generic';

/** How long a response waits for the log, in milliseconds. A replacement of `write` may never call back. */
const LOG_DELAY = 100;

/** A response waits for the promise, so that the log is written first. A full pipe accepts the rest later. */
export function endBeforeNext(flights: Flights): Promise<void> {
  const end = () => { if (!flights.size) process.kill(process.pid, 'SIGKILL'); };
  process.getBuiltinModule('node:async_hooks').createHook({ init: (_, type) => { if (type === NATIVE_WORK) end(); } }).enable();
  process.getBuiltinModule('node:diagnostics_channel').subscribe('http.client.request.created', (message) => {
    if ((message as HttpMessage).request.path.endsWith('/invocation/next')) end();
  });
  return new Promise((resolve) => {
    setTimeout(resolve, LOG_DELAY);
    setImmediate(() => attempt(() => process.stdout.write('', () => resolve())));
  });
}
