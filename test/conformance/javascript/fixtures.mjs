/**
 * The fixture routers in JavaScript. README.md describes them.
 *
 * A router writes what it received, and then follows the instructions in the request's header `x-fixture`.
 */
const INSTRUCTION = 'x-fixture';
const BASE = 'x-forwarded-prefix';

/** A web application. */
export const web = (router) => ({
  async fetch(request) {
    report(router, { request: await describeRequest(request) });
    const { respond = { body: 'ok' }, respondNothing, ...others } = JSON.parse(request.headers.get(INSTRUCTION) ?? '{}');
    await misbehave(others);
    if (respondNothing) return undefined;
    const { status = 200, headers = [], body, base64, chunks } = respond;
    const content = chunks ? stream(chunks) : base64 === undefined ? bytesOf(expand(body)) : Buffer.from(base64, 'base64');
    return new Response(content, { status, headers });
  },
});

/** The same web application as a Node.js listener. */
export const webListener = (router) => async (request, response) => {
  const { [INSTRUCTION]: instruction = '{}' } = request.headers;
  report(router, { request: await describeIncoming(request) });
  const { respond = { body: 'ok' }, respondNothing, ...others } = JSON.parse(instruction);
  await misbehave(others);
  if (respondNothing) return response.destroy();
  const { status = 200, headers = [], body, base64, chunks } = respond;
  for (const [name, value] of headers) response.appendHeader(name, value);
  if (!headers.some(([name]) => name.toLowerCase() === 'content-length')) response.removeHeader('content-length');
  response.writeHead(status);
  for (const chunk of chunks ?? []) {
    await new Promise(setImmediate);
    if (chunk === null) throw new Error('the stream failed');
    response.write(chunk);
  }
  response.end(base64 === undefined ? bytesOf(expand(body)) ?? undefined : Buffer.from(base64, 'base64'));
};

/** A Lambda proxy handler. */
export const handler = (router) => async (event) => {
  const { [INSTRUCTION]: instruction = '{}' } = event.headers ?? {};
  report(router, { event });
  const { return: returned = { statusCode: 200 }, returnNothing, returnCircular, ...others } = JSON.parse(instruction);
  await misbehave(others);
  if (returnNothing) return undefined;
  return returnCircular ? circular() : expand(returned);
};

/** Writes the line of a router that calls the library's functions. */
export function report(router, seen) {
  process.stdout.write(JSON.stringify({ fixture: router, ...seen }) + '\n');
}

async function misbehave({ throw: thrown, hang, abandon, pauseMs }) {
  if (pauseMs) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  if (thrown) throw errorOf(expand(thrown));
  if (abandon) Promise.reject(errorOf(expand(abandon)));
  if (hang || abandon) await new Promise(() => {});
}

function errorOf([message, ...causes]) {
  return new Error(message, causes.length > 0 ? { cause: errorOf(causes) } : undefined);
}

async function describeRequest(request) {
  const { origin, pathname, search, searchParams } = new URL(request.url);
  const { [INSTRUCTION]: _, [BASE]: base = '', ...headers } = Object.fromEntries(request.headers);
  const base64 = Buffer.from(await request.arrayBuffer()).toString('base64');
  return { method: request.method, origin, path: pathname, base, search, query: [...searchParams], headers, base64 };
}

async function describeIncoming(request) {
  const { pathname: path, search, searchParams } = new URL(`http://localhost${request.url}`);
  const { [INSTRUCTION]: _, [BASE]: base = '', ...headers } = request.headers;
  const base64 = Buffer.concat(await request.toArray()).toString('base64');
  return { method: request.method, origin: `http${request.socket.encrypted ? 's' : ''}://${headers.host}`, path, base, search, query: [...searchParams], headers, base64 };
}

/** `{ "$repeat": [text, times] }` means long text. */
export function expand(value) {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  if (value.$repeat) return value.$repeat[0].repeat(value.$repeat[1]);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, expand(member)]));
}

/** Bytes, because text would add a content type. */
const bytesOf = (text) => (text === undefined || text === null ? null : Buffer.from(text));

/** Null means an error in the stream. */
function stream(chunks) {
  const left = [...chunks];
  return new ReadableStream({
    async pull(controller) {
      await new Promise(setImmediate);
      if (left.length === 0) return controller.close();
      const chunk = left.shift();
      if (chunk === null) throw new Error('the stream failed');
      controller.enqueue(new Uint8Array(Buffer.from(chunk)));
    },
  });
}

function circular() {
  const headers = {};
  headers.self = headers;
  return { statusCode: 200, headers };
}
