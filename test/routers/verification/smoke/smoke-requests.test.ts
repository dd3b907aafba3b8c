/**
 * These tests send smoke requests to real builds.
 */
import * as path from 'path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ApiEndpoint, LazyApiFunctionProps, Routers, Verify } from '../../../../lib';
import { newApi, newStack } from '../../../support/app';
import { project } from '../../../support/project';

const ECHO = 'export default { fetch: async (request: Request) => Response.json({ path: new URL(request.url).pathname, body: await request.text() }) };';

/** Synthesizes an app with smoke requests. Returns the error, if any. */
function smoke(requests: unknown, routers: Readonly<Record<string, string>>, props: Partial<LazyApiFunctionProps> = {}): { code: string; message: string } | undefined {
  const files = Object.entries(routers).map(([name, source]) => [`src/routers/${name}.ts`, source]);
  const root = project({ ...Object.fromEntries(files), 'smoke.json': typeof requests === 'string' ? requests : JSON.stringify(requests) });
  const stack = newStack();
  try {
    newApi({
      routers: Routers.fromDirectory(path.join(root, 'src/routers'), { basePath: '/api' }),
      verify: Verify.atSynth({ requests: path.join(root, 'smoke.json'), environment: { STAGE: 'smoke' } }),
      ...props,
    }, stack);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message: message.split(root).join('ROOT') };
  }
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  return undefined;
}

const handler = (body: string) => `export const handler = async (event: any) => { ${body} };`;

test('requests with the declared response cause no warnings', () => {
  const routers = {
    echo: ECHO,
    stage: handler('return { statusCode: process.env.STAGE === "smoke" ? 200 : 500 };'),
    claims: handler('return { statusCode: event.requestContext.authorizer.jwt.claims.sub === "me" ? 204 : 403 };'),
    teapot: handler('return { statusCode: 418 };'),
    strict: 'export default { fetch: async (request: Request) => new Response(null, { status: request.headers.get("content-type") === "application/json" && (await request.json()).a === 1 && new URL(request.url).searchParams.get("q") === "ü" ? 201 : 400 }) };',
  };
  expect(smoke([
    { request: 'GET /api/echo' },
    { request: 'GET /api/echo/a%20b?x=1', status: 200 },
    { request: 'GET /api/stage' },
    { request: 'GET /api/claims', authorizer: { jwt: { claims: { sub: 'me' } } }, status: 204 },
    { request: 'GET /api/teapot', status: 418 },
    { request: 'POST /api/strict?q=%C3%BC', body: { a: 1 }, status: 201 },
  ], routers)).toBeUndefined();
});

test('the error for a router that declares its own prefix names stripPrefix', () => {
  const twice = 'export default { fetch: async (request: Request) => new Response(null, { status: new URL(request.url).pathname === "/api/twice/7" ? 200 : 404 }) };';
  const error = smoke([{ request: 'GET /api/twice/7' }], { twice })!;
  expect(error.code).toBe('SMOKE_REQUEST');
  expect(error.message).toMatch(/ {2}status {2}404, expected 200\n {2}error {3}PREFIX_TWICE: router \/api\/twice responded with 404: .* if it declares its own prefix, set stripPrefix to false$/);
});

test('the error for a template that is missing from the asset names the router, the file, and what to do', () => {
  const error = smoke([{ request: 'GET /api/mail' }, { request: 'GET /api/echo' }], {
    echo: ECHO,
    mail: `import { readFileSync } from 'node:fs'; import { join } from 'node:path'; ${handler('return { statusCode: 200, body: readFileSync(join(__dirname, "templates/mail.html"), "utf8") };')}`,
  })!;
  expect(error.code).toBe('SMOKE_REQUEST');
  expect(error.message).toMatch(/^TestStack\/Api: a smoke request did not get the declared response from the built asset\n\n {2}request GET \/api\/mail \(requests\[0\]\)\n {2}router {2}\/api\/mail\n {2}status {2}500, expected 200\n {2}error {3}HANDLER_FAILED: Error: ENOENT: no such file or directory, open '(routers\/)?templates\/mail\.html'\n {2}missing (routers\/)?templates\/mail\.html\n\nThe asset does not contain the file\. Add it with bundling\.files/);
});

test.each([
  ['fs.promises', 'import { readFile } from "node:fs/promises";', 'await readFile("views/a.pug")'],
  ['a callback', 'import fs from "node:fs";', 'await new Promise((_, reject) => fs.readFile("views/a.pug", reject))'],
  ['require', '', 'require("./views/a.pug")'],
])('a missing file is named if it is read by %s', (_, imports, expression) => {
  const { message } = smoke([{ request: 'GET /api/view' }], { view: `${imports} ${handler(`${expression}; return { statusCode: 200 };`)}` })!;
  expect(message).toContain('views/a.pug');
});

test('a router that uses the network does not fail, whichever API it uses', () => {
  const reach = (name: string, imports: string, code: string) => [name, `${imports} ${handler(`${code}; return { statusCode: 200 };`)}`];
  const routers = Object.fromEntries([
    reach('fetch', '', 'await fetch("https://example.com")'),
    reach('address', '', 'await fetch("http://192.0.2.1:8080")'),
    reach('socket', 'import net from "node:net";', 'await new Promise((resolve, reject) => net.connect(5432, "db.example.com").on("connect", resolve).on("error", reject))'),
    reach('tls', 'import tls from "node:tls";', 'await new Promise((resolve, reject) => tls.connect(443, "example.com").on("secureConnect", resolve).on("error", reject))'),
    reach('dns', 'import { lookup } from "node:dns/promises";', 'await lookup("example.com")'),
    reach('udp', 'import dgram from "node:dgram";', 'await new Promise((resolve, reject) => dgram.createSocket("udp4").send("x", 53, "192.0.2.1", (error) => (error ? reject(error) : resolve(0))))'),
  ]);
  expect(smoke(Object.keys(routers).map((name) => ({ request: `GET /api/${name}` })), routers)).toBeUndefined();
});

test('a router that ends the process fails, and the error contains the output', () => {
  const { message } = smoke([{ request: 'GET /api/exit' }], { exit: handler('console.error("no license"); process.kill(process.pid, "SIGKILL"); await new Promise(() => {});') })!;
  expect(message).toMatch(/status {2}none, expected 200\n {2}error {3}the process was killed by SIGKILL, with this output: [^]*no license/);
});

test('smoke requests support streaming endpoints', () => {
  const routers = { echo: ECHO, feed: 'export const handler = awslambda.streamifyResponse(async (event, stream) => { awslambda.HttpResponseStream.from(stream, { statusCode: 202 }); stream.write("x"); stream.end(); });' };
  const requests = [{ request: 'GET /api/echo' }, { request: 'GET /api/feed', status: 202 }];
  expect(smoke(requests, routers, { endpoint: ApiEndpoint.functionUrl({ streaming: true }) })).toBeUndefined();
  expect(smoke([{ request: 'GET /api/feed', status: 404 }], routers, { endpoint: ApiEndpoint.functionUrl({ streaming: true }) })!.message).toContain('status  202, expected 404');
});

test('a streamed response that breaks off is a failure', () => {
  const routers = { feed: 'export default { fetch: () => new Response(new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array(9)); }, async pull() { await new Promise((resolve) => setTimeout(resolve, 100)); throw new Error("no more"); } })) };' };
  const { message } = smoke([{ request: 'GET /api/feed' }], routers, { endpoint: ApiEndpoint.rest({ streaming: true }) })!;
  expect(message).toMatch(/status {2}broken off, expected 200\n {2}error {3}\w+: Error: no more/);
});

describe.each<[string, ApiEndpoint, binary: string]>([
  ['an HTTP API', ApiEndpoint.http(), 'base64'],
  ['a REST API', ApiEndpoint.rest(), 'text'],
  ['a REST API that streams', ApiEndpoint.rest({ streaming: true }), 'text'],
  ['a function URL', ApiEndpoint.functionUrl(), 'base64'],
  ['a function URL that streams', ApiEndpoint.functionUrl({ streaming: true }), 'base64'],
  ['no endpoint', ApiEndpoint.none(), 'base64'],
])('behind %s,', (_, endpoint, form) => {
  test('routers of all kinds receive the same requests as in production', () => {
    const checks = 'request.method === "PUT" && new URL(request.url).search === "?q=1&q=2" && request.headers.get("cookie") === "a=1; b=2" && new URL(request.url).pathname === "/caf%C3%A9"';
    const routers = {
      web: `export default { fetch: async (request: Request) => new Response(null, { status: ${checks} && (await request.bytes?.() ?? new Uint8Array(await request.arrayBuffer())).join() === "255,0" ? 201 : 400 }) };`,
      node: 'export const listener = (request: any, response: any) => { let body = ""; request.on("data", (chunk: Buffer) => { body += chunk; }).on("end", () => response.writeHead(request.url === "/x?q=1" && body === "a=1&b=2" ? 201 : 400).end()); };',
      form: handler(`return { statusCode: (event.isBase64Encoded ? "base64" : "text") === ${JSON.stringify(form)} && Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8").toString() === "a=1" ? 201 : 400 };`),
      big: handler('return { statusCode: 200, body: "x".repeat(5_000_000) };'),
    };
    expect(smoke([
      { request: 'PUT /api/web/caf%C3%A9?q=1&q=2', headers: { 'Cookie': 'a=1; b=2', 'Content-Type': 'image/png' }, body: '/wA=', isBase64Encoded: true, status: 201 },
      { request: 'POST /api/node/x?q=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=2', status: 201 },
      { request: 'POST /api/form', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=1', status: 201 },
      { request: 'GET /api/big' },
    ], routers, { endpoint })).toBeUndefined();
  });
});

test.each<[string, unknown, RegExp]>([
  ['text that is not JSON', '[{', /requests \(ROOT\/smoke\.json\) must be a JSON file: /],
  ['an object instead of a list', {}, /must be a list, got an object/],
  ['a missing request', [{ status: 200 }], /requests \(ROOT\/smoke\.json\)\[0\]\.request must be a method and a path, like "GET \/api\/users\?limit=1", got undefined/],
  ['a request without a method', [{ request: '/api/echo' }], /must be a method and a path/],
  ['a status that is a string', [{ request: 'GET /api/echo', status: '200' }], /\[0\]\.status must be a status from 100 to 599, got "200"/],
  ['a misspelled member', [{ request: 'GET /api/echo', statusCode: 200 }], /\[0\]\.statusCode is unknown; the members are request, status, headers, body, isBase64Encoded, authorizer/],
  ['a binary body that is JSON', [{ request: 'GET /api/echo', body: {}, isBase64Encoded: true }], /\[0\]\.body must be base64, because isBase64Encoded is true/],
  ['a path without a router', [{ request: 'GET /api/nothing' }], /requests\[0\]\.request must have a path that a router serves, got "\/api\/nothing"; the prefixes are \/api\/echo/],
])('%s is refused', (_, requests, message) => {
  expect(smoke(requests, { echo: ECHO })!.message).toMatch(message);
});

test('a missing file is refused', () => {
  expect(() => Verify.atSynth({ requests: 'nowhere.json' })).toThrow(/Verify\.atSynth: requests \(nowhere\.json\) must be an existing file; looked for /);
});
