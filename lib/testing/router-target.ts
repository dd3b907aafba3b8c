import { callBuffered, callStreaming } from './call-handler';
import { checkRouters } from './check-options';
import { createContext, DEFAULT_TIMEOUT_MS } from './lambda-context';
import { offerLambdaGlobal } from './lambda-global';
import type { RouterTestApiOptions } from './test-api-options';
import { TestTarget } from './test-target';
import { setVariables } from './variables';
import { LazyRoute } from '../contract/javascript/entry';
import { LOCAL_VARIABLES } from '../contract/variables';
import { LazyApiError } from '../private/errors';
import { decodeTextBody } from '../runtime/endpoint/rest';
import type { StreamingHandler } from '../runtime/endpoint/streaming';
import type { ApiEvent } from '../runtime/events';
import type { CodedError } from '../runtime/failures/coded-error';
import * as fetchPart from '../runtime/fetch/fetch';
import { BufferedHandler, createLazyApi, LazyApi } from '../runtime/lazy-api';
import * as listenerPart from '../runtime/listener/listener';
import type { RuntimeParts } from '../runtime/parts';

/** Loaded with this module: test runners cannot import dynamically from CommonJS. There is no asset to recover from. */
const PARTS: RuntimeParts = {
  fetch: async () => fetchPart,
  listener: async () => listenerPart,
  recovery: async () => { throw new Error('there is no asset'); },
};

/** Router modules in this process, dispatched by the library's runtime as in Lambda. */
export function createRouterTarget(options: RouterTestApiOptions): TestTarget {
  const { routers, environment, secrets, parameters, endpoint, streaming = false, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  checkRouters(routers);
  const undo = [setVariables({ ...environment, ...localValues('secrets', secrets), ...localValues('parameters', parameters) }), offerLambdaGlobal()];
  const table = { routes: toRoutes(routers) };
  const extras = endpoint === 'rest' ? { prepare: decodeTextBody } : {};
  const api = streaming ? createLazyApi(table, { ...extras, streaming: loadStreaming() }, PARTS) : createLazyApi(table, extras, PARTS);
  return {
    prefixes: Object.keys(routers),
    load: (prefix) => load(api, prefix),
    invoke: async (event, context = createContext({ remainingMs: timeoutMs })) => {
      const copy = JSON.parse(JSON.stringify(event)) as ApiEvent;
      return streaming ? callStreaming(api.handler as StreamingHandler, copy, context) : callBuffered(api.handler as BufferedHandler, copy, context);
    },
    close: async () => undo.splice(0).forEach((step) => step()),
  };
}

function toRoutes(routers: RouterTestApiOptions['routers']): LazyRoute[] {
  return Object.entries(routers).map(([prefix, given]) => {
    const { load: importRouter, stripPrefix = true, express } = typeof given === 'function' ? { load: given } : given;
    return {
      prefix,
      load: async () => importRouter(),
      ...!stripPrefix && { stripPrefix: false as const },
      ...express && { express: async () => express() },
    };
  });
}

/** Where the runtime reads values outside of Lambda. */
function localValues(kind: 'secrets' | 'parameters', values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [LOCAL_VARIABLES[kind] + name, secretText(value)]));
}

function secretText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** It keeps the Lambda global that exists when it is loaded. */
function loadStreaming() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- not `import()`, which test runners refuse in CommonJS
  return (require('../runtime/endpoint/streaming') as typeof import('../runtime/endpoint/streaming')).streaming;
}

/** For a broken router, a test gets an error, where a client would get status 500. */
async function load(api: Pick<LazyApi, 'load'>, prefix: string): Promise<void> {
  try {
    await api.load(prefix);
  } catch (thrown) {
    const { code, message, cause } = thrown as CodedError;
    const because = (cause as Partial<Error> | undefined)?.message;
    throw new LazyApiError(code, `routers["${prefix}"] must import a module that exports a router, as its default or as handler; `
      + message + (because === undefined ? '' : `: ${because}`), { cause });
  }
}
