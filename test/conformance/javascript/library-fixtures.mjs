/**
 * The fixture routers that call the library's functions.
 */
import { getLogger, getParameter, getSecret, getSecretBinary, getSecretString } from 'cdk-lazy-api/runtime';
import { expand, report } from './fixtures.mjs';

const READ = { json: getSecret, text: getSecretString, binary: getSecretBinary, parameter: getParameter };

/** Reads secrets one after the other. */
export const secrets = (router) => ({
  async fetch(request) {
    const outcomes = [];
    for (const call of instructionOf(request).read ?? []) outcomes.push(await perform(call));
    report(router, { outcomes });
    return new Response(null, { status: 204 });
  },
});

export const logger = (router) => ({
  async fetch(request) {
    report(router, {});
    for (const { common, level, message, fields } of instructionOf(request).log ?? []) getLogger(common)[level](message, expand(fields));
    return new Response(null, { status: 204 });
  },
});

/** Does not catch errors of the library, so the library responds. */
export const careless = (router) => ({
  async fetch(request) {
    report(router, {});
    for (const { kind, name } of instructionOf(request).read ?? []) await READ[kind](name);
    return new Response(null, { status: 204 });
  },
});

const instructionOf = (request) => JSON.parse(request.headers.get('x-fixture') ?? '{}');

function perform({ pauseMs, names, times = 1, ...call }) {
  if (pauseMs) return new Promise((resolve) => setTimeout(resolve, pauseMs, { paused: true }));
  const calls = names ? names.map((name) => ({ ...call, name })) : Array(times).fill(call);
  return calls.length > 1 ? Promise.all(calls.map(read)) : read(calls[0]);
}

async function read({ kind, name, ...options }) {
  try {
    const value = await READ[kind](name, options);
    return { value: value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value };
  } catch ({ code, message }) {
    return { code, message };
  }
}
