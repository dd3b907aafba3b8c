// Run by verification.ts in a process of its own: loads the routers of a built asset one after the other and reports each
// to a file, because router code may print, hang or end the process.
import { appendFileSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

const ROUTER_TIMEOUT_MS = 10_000;
const [main, manifest, reports] = process.argv.slice(2);
const report = (line) => appendFileSync(reports, `${JSON.stringify(line)}\n`);

const { routers } = JSON.parse(readFileSync(manifest, 'utf8'));
// Express, Connect and Koa apps are called with (request, response): as a Lambda handler they answer nothing.
const SERVER_METHODS = ['use', 'listen'];
// What Lambda's runtime offers as a global: streaming handlers use it when they are loaded.
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: { from: (stream) => stream },
};

const base = pathToFileURL(main).href;
const { init, load } = await import(base);
await init({ base, chunks: [], routers: [], fetch: false });
for (const { prefix, file } of routers) {
  report({ prefix, state: 'loading' });
  report({ prefix, ...await tryRouter(prefix, file) });
}
process.exit(0);

async function tryRouter(prefix, file) {
  let timer;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, ROUTER_TIMEOUT_MS, { state: 'failed', chunk: file, message: `it did not finish loading within ${ROUTER_TIMEOUT_MS / 1000} s` });
  });
  const loaded = load(prefix).then(
    async (router) => {
      const kind = kindOf(router);
      return kind === 'lambda' && isServerApp(await import(new URL(file, base)))
        ? { state: 'failed', chunk: file, advice: 'export', message: 'it exports the app of a server framework; wrap it in its Lambda adapter, like serverless-http, and export that' }
        : { state: 'loaded', kind };
    },
    (error) => ({ state: 'failed', ...describe(error) }),
  );
  const result = await Promise.race([loaded, timeout]);
  clearTimeout(timer);
  return result;
}

function kindOf({ fetch, lambda }) {
  return fetch ? 'fetch' : STREAMING in lambda ? 'stream' : 'lambda';
}

function describe(error) {
  const cause = error instanceof Error && 'cause' in error ? error.cause : error;
  return {
    chunk: error?.fields?.chunk,
    missingModule: missingModule(cause),
    needsNewerNode: needsNewerNode(cause),
    advice: error?.code === 'ROUTER_EXPORT' ? 'export' : cause?.code === 'ENOENT' ? 'file' : undefined,
    message: textOf(cause),
  };
}

/** The message, and those of its causes: `fetch failed` alone says nothing. */
function textOf(thrown, depth = 0) {
  if (!(thrown instanceof Error)) return `it threw ${inspect(thrown)}`;
  const own = `${thrown.name}: ${thrown.message.split('\nRequire stack:')[0]}`;
  return thrown.cause instanceof Error && depth < 5 ? `${own}\ncaused by ${textOf(thrown.cause, depth + 1)}` : own;
}

function isServerApp({ default: exported, handler }) {
  const candidate = exported ?? handler;
  return SERVER_METHODS.every((method) => typeof candidate?.[method] === 'function');
}

/** What only an older Node.js refuses: syntax that its parser does not know, builtins, and exports of builtins, that it has not yet. */
function needsNewerNode(cause) {
  const parsed = cause instanceof SyntaxError && /compileSourceTextModule/.test(cause.stack);
  return parsed || cause?.code === 'ERR_UNKNOWN_BUILTIN_MODULE' || /^The requested module 'node:.*' does not provide an export/.test(cause?.message);
}

/** Node names the module in the message only: `Cannot find package 'x' imported from ...`. */
function missingModule(cause) {
  if (!['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(cause?.code)) return undefined;
  return /'([^']+)'/.exec(cause.message)?.[1];
}
