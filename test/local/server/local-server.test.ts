import { request as send } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FUNCTION_URL, HTTP_API, REST_API, startServer } from '../support';

const ECHO = 'export const handler = async (event) => ({ statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(event) });';

/** Sends text, and returns everything that the server sends until it closes the connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part: string) => { received += part; }).on('error', () => {}).on('close', () => resolve(received));
  });
}

test('a request becomes the event of an HTTP API', async () => {
  const { url, written } = await startServer(ECHO, HTTP_API);
  const headers = [['X-A', '1'], ['X-A', '2'], ['Cookie', 'a=1; b=2'], ['Content-Type', 'text/plain'], ['X-Forwarded-Proto', 'https']] as Array<[string, string]>;
  const event = await (await fetch(`${url}/users/a%20b?x=1&x=2`, { method: 'POST', headers, body: 'hi' })).json() as Record<string, unknown>;
  expect(event).toMatchObject({
    version: '2.0', routeKey: 'ANY /users/{proxy+}', rawPath: '/users/a b', rawQueryString: 'x=1&x=2', body: 'hi', isBase64Encoded: false, cookies: ['a=1', 'b=2'],
    headers: { 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' }, requestContext: { http: { method: 'POST', sourceIp: '127.0.0.1' } },
  });
  expect((event.headers as Record<string, string>)['x-a']).toMatch(/^1, ?2$/);
  const lines = await written(1);
  expect(lines).toMatchObject([{ method: 'POST', path: '/users/a%20b?x=1&x=2', router: '/users', status: 200, cold: true, notes: [] }]);
  expect(lines[0].initMs).toBeGreaterThan(0);
});

test('a request becomes the event of a REST API, with repeated headers and bytes', async () => {
  const { port } = await startServer(ECHO, REST_API);
  const event = await new Promise<string>((resolve) => {
    send({ port, host: '127.0.0.1', path: '/prod/users/7', method: 'PUT', headers: ['X-A', '1', 'X-A', '2', 'Host', 'x'] }, (response) => {
      let text = '';
      response.on('data', (part) => { text += part; }).on('end', () => resolve(text));
    }).end(Buffer.from([0, 255]));
  });
  expect(JSON.parse(event)).toMatchObject({ resource: '/users/{proxy+}', path: '/users/7', httpMethod: 'PUT', multiValueHeaders: { 'X-A': ['1', '2'] }, body: 'AP8=', isBase64Encoded: true });
});

test('a response has all its headers, cookies and bytes', async () => {
  const result = { statusCode: 201, headers: { 'x-a': '1', 'content-length': '99', 'transfer-encoding': 'chunked' }, cookies: ['a=1', 'b=2'], body: 'AP8=', isBase64Encoded: true };
  const { url } = await startServer(`export const handler = async () => (${JSON.stringify(result)});`, HTTP_API);
  const response = await fetch(`${url}/users`);
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(response.headers.get('x-a')).toBe('1');
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  const head = await fetch(`${url}/users`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([201, '2', '']);
});

test.each([
  ['an HTTP API', HTTP_API, '/users', ['apigw-requestid']],
  ['a REST API', REST_API, '/prod/users', ['x-amz-apigw-id', 'x-amzn-requestid']],
  ['a function URL', FUNCTION_URL, '/users', ['x-amzn-requestid']],
])('the response of %s has the request ID of the event in its headers', async (_, endpoint, path, names) => {
  const { url } = await startServer(ECHO, endpoint);
  const response = await fetch(`${url}${path}`);
  const { requestContext: { requestId } } = await response.json() as { requestContext: { requestId: string } };
  const ids = [...response.headers].filter(([name]) => /^(?:apigw|x-amz)/.test(name));
  expect(ids).toEqual(names.map((name) => [name, requestId]));
});

test('a path without a route gets a response without an invocation', async () => {
  const { url, written } = await startServer('throw new Error("never loaded");', HTTP_API);
  const response = await fetch(`${url}/x`);
  expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  expect(response.headers.get('apigw-requestid')).toMatch(/^[\w-]{36}$/);
  const lines = await written(1);
  expect(lines).toMatchObject([{ method: 'GET', path: '/x', status: 404, notes: ['no route matches'] }]);
  expect(lines[0]).not.toHaveProperty('cold');
});

test('a response arrives while it is streamed, and breaks off if the function fails', async () => {
  const { url, written } = await startServer(`export const handler = awslambda.streamifyResponse(async ({ rawPath }, stream) => {
    const body = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'content-type': 'text/plain' } });
    body.write('a');
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (rawPath === '/fails') throw new Error('no');
    body.end('b');
  });`, FUNCTION_URL);
  const reader = (await fetch(url)).body!.getReader();
  const started = performance.now();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('a');
  expect(performance.now() - started).toBeLessThan(250);
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('b');
  await expect((await fetch(`${url}/fails`)).text()).rejects.toThrow();
  const lines = await written(2);
  expect(lines.map(({ notes }) => notes)).toEqual([[], ['the response is incomplete']]);
});

test('a client that reads slowly slows the function down', async () => {
  const { port } = await startServer(`export const handler = awslambda.streamifyResponse(async (event, stream) => {
    for (let i = 0; i < 200; i++) if (!stream.write(Buffer.alloc(100_000))) await new Promise((resolve) => stream.once('drain', resolve));
    console.log('ALL WRITTEN');
    stream.end();
  });`, FUNCTION_URL, { options: { output: (text) => output.push(text) } });
  const output: string[] = [];
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
  await wait(1000);
  expect(output.join('')).not.toContain('ALL WRITTEN');
  let length = 0;
  await new Promise((resolve) => socket.on('data', (chunk) => { length += chunk.length; }).on('close', resolve));
  expect(length).toBeGreaterThan(20_000_000);
  expect(output.join('')).toContain('ALL WRITTEN');
});

describe('the response has the status of AWS', () => {
  test.each([[HTTP_API, 500], [REST_API, 502], [FUNCTION_URL, 502]])('if the function throws: %#', async (endpoint, status) => {
    const { url, written } = await startServer('export const handler = async () => { throw new TypeError("no"); };', endpoint);
    expect((await fetch(`${url}/users`)).status).toBe(status);
    const lines = await written(1);
    expect(lines).toMatchObject([{ status, notes: ['TypeError: no'] }]);
  });

  test.each([[HTTP_API, 500], [REST_API, 502]])('if the function takes longer than its own timeout: %#', async (endpoint, status) => {
    const { url, written } = await startServer('export const handler = () => new Promise(() => setTimeout(() => {}, 9999));', endpoint, { fn: { timeoutMs: 300 } });
    expect((await fetch(`${url}/users`)).status).toBe(status);
    const lines = await written(1);
    expect(lines[0].notes.join()).toContain('Task timed out after 0.30 seconds');
  });

  test.each([[HTTP_API, 503, 'Service Unavailable'], [REST_API, 504, 'Endpoint request timed out']])('if the function takes longer than the API waits: %#', async (endpoint, status, message) => {
    const { url } = await startServer('export const handler = () => new Promise(() => setTimeout(() => {}, 9999));', { ...endpoint, timeoutMs: 300 });
    const response = await fetch(`${url}/users`);
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  test.each([
    ['a header that HTTP does not allow', '{ statusCode: 200, headers: { "x-a": "a\\nb" } }', /Invalid character in header content/],
    ['an invalid status', '{ statusCode: 101 }', /status 101/],
    ['more than 6 MB', '{ statusCode: 200, body: "x".repeat(6_300_000) }', /^Function\.ResponseSizeTooLarge/],
  ])('if the function responds with %s', async (_, result, note) => {
    const { url, written } = await startServer(`export const handler = async () => (${result});`, REST_API);
    const response = await fetch(`${url}/users`);
    expect([response.status, response.headers.get('x-a')]).toEqual([502, null]);
    const lines = await written(1);
    expect(lines).toMatchObject([{ status: 502, notes: [expect.stringMatching(note)] }]);
  });
});

describe('a request body that is too large', () => {
  test('is refused even if the client sends it completely', async () => {
    const { url, written } = await startServer(ECHO, HTTP_API);
    const response = await fetch(`${url}/users`, { method: 'POST', body: Buffer.alloc(12_000_000) });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    const lines = await written(1);
    expect(lines).toMatchObject([{ status: 413, notes: ['the body of the request is too large'] }]);
  });

  test('is refused if its length is not known in advance', async () => {
    const { url } = await startServer(ECHO, FUNCTION_URL);
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)) });
    const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit).catch(() => undefined);
    expect(response === undefined || response.status === 413).toBe(true);
  });

  test('is refused before the client sends it if the client waits for 100 Continue', async () => {
    const { port } = await startServer(ECHO, FUNCTION_URL);
    const head = (length: number) => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`;
    expect(await raw(port, head(99_000_000))).toMatch(/^HTTP\/1\.1 413 /);
    expect(await raw(port, `${head(2)}hi`)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });
});

test('input that is not valid HTTP gets a 400 response, and the connection is closed', async () => {
  const { port, lines } = await startServer(ECHO, HTTP_API);
  for (const text of ['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n', 'GET / HTTP/1.1\r\na b\r\n\r\n']) {
    expect(await raw(port, text)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n/);
  }
  expect(lines).toEqual([]);
});

test('a connection serves several requests, and a request can have an absolute URL, as proxies send it', async () => {
  const { port } = await startServer('export const handler = async ({ rawPath }) => rawPath;', FUNCTION_URL);
  const received = await raw(port, 'GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET http://x/b?c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(received.match(/^\/[ab]|(?<=\r\n)\/[ab]/gm)).toEqual(['/a', '/b']);
});

test('a client that disconnects does not end the function', async () => {
  const { port, url, written } = await startServer('let n = 0; export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 300)); return String(++n); };', FUNCTION_URL, { options: { concurrency: 1 } });
  const socket = connect(port, '127.0.0.1', () => socket.write('GET /gone HTTP/1.1\r\nHost: x\r\n\r\n', () => setTimeout(() => socket.destroy(), 100)));
  await wait(200);
  expect(await (await fetch(url)).text()).toBe('2');
  const half = connect(port, '127.0.0.1', () => half.write('POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx', () => half.destroy()));
  const lines = await written(3);
  expect(lines).toMatchObject([{ path: '/gone', status: 200, notes: ['the response is incomplete'] }, { path: '/' }, { path: '/half', notes: ['the client disconnected'] }]);
  expect(lines[2].status).toBeUndefined();
});

test('the line about a request has the values of the log line of the function', async () => {
  const line = '{ level: "INFO", requestId: context.awsRequestId, router: "/users/{id}", coldStart: true, routerLoadMs: 12.5, totalMs: 20 }';
  const { url, written } = await startServer(`export const handler = async (event, context) => { process.stdout.write(JSON.stringify(${line}) + '\\n'); return 1; };`, HTTP_API);
  await fetch(`${url}/users/7`);
  const lines = await written(1);
  expect(lines).toMatchObject([{ router: '/users/{id}', loadMs: 12.5, cold: true }]);
});

test('a note that applies to every request is written once', async () => {
  const { url, written } = await startServer(ECHO, { ...FUNCTION_URL, authorization: { kind: 'iam' } });
  await fetch(url);
  await fetch(url);
  const lines = await written(2);
  expect(lines.map(({ notes }) => notes)).toEqual([['IAM authorization is skipped'], []]);
});

test('the error for a port in use says what to do', async () => {
  const { port } = await startServer(ECHO, HTTP_API);
  await expect(startServer(ECHO, HTTP_API, { port })).rejects.toThrow(`port ${port} is in use; stop the program that listens there, or choose another port with --port`);
});

test('closing the server ends connections and processes, even if they are busy', async () => {
  const { url, close } = await startServer('export const handler = async ({ rawPath }) => { if (rawPath === "/pid") return String(process.pid); await new Promise((resolve) => setTimeout(resolve, 60_000)); };', FUNCTION_URL);
  const pid = Number(await (await fetch(`${url}/pid`)).text());
  const hanging = fetch(url).catch(() => 'closed');
  await wait(100);
  await close();
  expect(await hanging).toBe('closed');
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});
