/**
 * A small runtime client: what Lambda's client does around a handler, with events from a script instead of Lambda.
 *
 * Like the real one (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client), it ends the process on unhandled
 * rejections and uncaught exceptions unless other code removes its listeners. It delivers a result one turn of the
 * event loop after the handler has resolved, and then asks for the next event.
 *
 * Usage: node invoke.mjs SCRIPT, where SCRIPT is JSON: { index, steps: [[{ event, remaining, advance, pause }]], api? }
 */
import { AsyncResource } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import { request } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const { index, steps, api } = JSON.parse(process.argv[2]);
const print = (document) => writeSync(1, JSON.stringify(document) + '\n');

process.on('unhandledRejection', () => { print({ client: 'unhandledRejection' }); process.exit(128); });
process.on('uncaughtException', () => { print({ client: 'uncaughtException' }); process.exit(129); });
const printState = () => print({ evaluations: globalThis.evaluations ?? {}, parts: globalThis.loadedParts ?? [] });
process.on('exit', printState);

let ahead = 0;
const { now } = Date;
Date.now = () => now() + ahead;

const started = performance.now();
const { handler } = await import(pathToFileURL(index).href);
print({ initialised: Math.round(performance.now() - started), initialParts: [...globalThis.loadedParts ?? []] });

let count = 0;
for (const step of steps) {
  await Promise.all(step.map(invoke));
  printState();
  askForNext();
}
process.exit(0);

/** Delivers results like the native client, in a thread, or over node:http. No server receives them. */
function askForNext() {
  if (api) request(`${api}/2018-06-01/runtime/invocation/next`).on('error', () => {}).end();
  else new AsyncResource('generic');
}

async function invoke({ event, remaining = 5_000, advance = 0, pause = 0 }) {
  if (pause) await setTimeout(pause);
  ahead += advance;
  const awsRequestId = `request-${++count}`;
  const deadline = performance.now() + remaining;
  const result = await handler(event, { awsRequestId, getRemainingTimeInMillis: () => Math.round(deadline - performance.now()) });
  await setImmediate();
  await deliver(awsRequestId, result);
}

async function deliver(id, result) {
  if (!api) return print({ result: { id, ...result } });
  return new Promise((resolve, reject) => {
    request(`${api}/2018-06-01/runtime/invocation/${id}/response`, { method: 'POST' }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end(JSON.stringify({ id, ...result }));
  });
}
