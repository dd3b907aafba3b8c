// routers/verification/loader-process.ts runs this file in a separate process, because router code may print, hang, or end the process. It loads the
// routers of a built asset one after the other and reports each.
import { readFileSync, writeSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import { defineAwsLambda, STREAMING } from './lambda-globals.mjs';

/** The descriptor of the open file that reports go to. */
const REPORTS = 3;
const { main, routers, limitMs } = JSON.parse(readFileSync(0, 'utf8'));
// Saved in advance, because routers may replace globals.
const { kill, pid } = process;
const report = (line) => writeSync(REPORTS, `\n${JSON.stringify(line)}\n`);

/** The index of the router that is being loaded. The watcher reads it. */
const position = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
new Worker(new URL('load-routers-watcher.mjs', import.meta.url), { workerData: { REPORTS, position, routers, limitMs } }).unref();

/** The exit code of Node.js if nothing can settle a top-level await: https://nodejs.org/api/process.html#exit-codes */
const UNSETTLED_AWAIT = 13;
process.on('exit', (code) => {
  const { prefix, file } = routers[position[0]] ?? {};
  if (code !== UNSETTLED_AWAIT && process.exitCode !== UNSETTLED_AWAIT) return;
  report({ prefix, state: 'failed', chunk: file, message: 'its top-level await never settles, because nothing is left that could settle it' });
});

defineAwsLambda();
const base = pathToFileURL(main).href;
const { init, load } = await import(base);
await init({ base, chunks: [], routers: [], fetch: false });
// In Lambda, the exception would end the environment and fail the request that waits for the router.
process.on('uncaughtException', (error) => {
  const { prefix, file } = routers[position[0]] ?? {};
  report({ prefix, state: 'failed', chunk: file, message: `outside of any promise, it threw ${textOf(error)}`, ended: 'by exception' });
  kill(pid, 'SIGKILL');
});
for (const [i, { prefix, file }] of routers.entries()) {
  Atomics.store(position, 0, i);
  Atomics.notify(position, 0);
  report({ prefix, state: 'loading' });
  const outcome = await tryRouter(prefix, file);
  await untilTimersRan();
  report({ prefix, chunk: file, ...outcome });
}
// SIGKILL, so that nothing that the routers started or installed can delay the exit.
kill(pid, 'SIGKILL');

/** Timers and immediates that a router started without a delay run before the next router loads. The shortest timer of Node.js takes 1 ms. */
async function untilTimersRan() {
  await setTimeout(1);
  await setImmediate();
}

async function tryRouter(prefix, file) {
  try {
    const { lambda, listener } = await load(prefix);
    if (!lambda) return { state: 'loaded', kind: listener ? 'listener' : 'fetch' };
    const refusal = refusalOf(lambda);
    return refusal ? { state: 'failed', advice: 'export', message: refusal } : { state: 'loaded', kind: STREAMING in lambda ? 'stream' : 'lambda' };
  } catch (error) {
    return { state: 'failed', ...describe(error) };
  }
}

function describe(error) {
  const cause = error instanceof Error && 'cause' in error ? error.cause : error;
  return {
    chunk: error?.fields?.chunk,
    missingModule: missingModule(cause),
    needsNewerRuntime: needsNewerRuntime(cause),
    advice: adviceFor(error, cause),
    message: textOf(cause),
  };
}

function adviceFor(error, cause) {
  if (error?.code === 'ROUTER_EXPORT') return 'export';
  // Only packages that are external to the bundle have frames below node_modules.
  if (isNative(cause)) return /[\\/]node_modules[\\/]/.test(cause.stack) ? 'nativeHere' : 'native';
  return cause?.code === 'ENOENT' ? 'file' : undefined;
}

/**
 * A bundle does not contain binaries, so loaders of native code do not find them: a `.node` file, `bindings`, `node-gyp-build`, `node-pre-gyp`,
 * napi-rs, sharp, and packages for single platforms.
 */
function isNative(cause) {
  if (cause?.code === 'ERR_DLOPEN_FAILED') return true;
  const text = cause instanceof Error ? textOf(cause) : '';
  return /\.node\b|bindings file|native (build|binding|addon|module)|Could not load the "sharp" module|-(linux|darwin|win32)-(x64|arm64)/i.test(text);
}

/** Returns the message and those of its causes, because `fetch failed` alone explains nothing. */
function textOf(thrown, depth = 0) {
  if (!(thrown instanceof Error)) return `it threw ${inspect(thrown)}`;
  const own = `${thrown.name}: ${thrown.message.split('\nRequire stack:')[0]}`;
  return thrown.cause instanceof Error && depth < 5 ? `${own}\ncaused by ${textOf(thrown.cause, depth + 1)}` : own;
}

/** Why a function cannot serve requests as a Lambda handler. */
function refusalOf(called) {
  if (typeof called.prototype?.fetch === 'function') {
    return 'it exports a class whose instances have fetch; export an instance, created with new';
  }
  if (/^class\b/.test(Function.prototype.toString.call(called))) {
    return 'it exports a class, which cannot be called without new; export a function, or an instance that has fetch(request)';
  }
  return undefined;
}

/** What only an older Node.js rejects: syntax, builtins, and exports of builtins that it does not support yet. */
function needsNewerRuntime(cause) {
  const parsed = cause instanceof SyntaxError && /compileSourceTextModule/.test(cause.stack);
  return parsed || cause?.code === 'ERR_UNKNOWN_BUILTIN_MODULE' || /^The requested module 'node:.*' does not provide an export/.test(cause?.message);
}

/** Node.js names the module only in the message: `Cannot find package 'x' imported from ...`. */
function missingModule(cause) {
  if (!['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(cause?.code)) return undefined;
  return /'([^']+)'/.exec(cause.message)?.[1];
}
