/**
 * Real frameworks behind every endpoint. They are installed separately, in test/frameworks.
 */
import { join } from 'node:path';
import { Framework as Exchange, requireFramework } from './frameworks';
import { endpoints } from '../endpoints';

function expressApp(name: string): unknown {
  const express = requireFramework(name);
  const users = express.Router();
  users.post('/echo', ({ url, baseUrl, originalUrl, body, ip, protocol, hostname, query, lambda }: Exchange, response: Exchange) => {
    response.cookie('a', '1').cookie('b', '2').json({ url, baseUrl, originalUrl, body, ip, protocol, hostname, query, payload: lambda.event.version ?? '1.0' });
  });
  users.get('/file', (_: Exchange, response: Exchange) => response.sendFile(join(__dirname, '../../frameworks/package.json')));
  users.get('/fail', () => { throw Object.assign(new Error('teapot'), { status: 418 }); });
  const app = express();
  app.set('env', 'test');
  return app.use(express.json(), express.urlencoded({ extended: true }), users);
}

function koaApp(): unknown {
  const Koa = requireFramework('koa');
  return new Koa().use(async (context: Exchange) => {
    let body = '';
    for await (const chunk of context.req) body += chunk;
    const { url, originalUrl, ip, protocol, hostname, query } = context;
    context.cookies.set('a', '1', { httpOnly: false }).set('b', '2', { httpOnly: false });
    (context as unknown as { body: unknown }).body = { url, baseUrl: context.req.baseUrl, originalUrl, body: Object.fromEntries(new URLSearchParams(body)), ip, protocol, hostname, query };
  });
}

function fastifyApp(): unknown {
  const app = requireFramework('fastify')();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async (_: Exchange, body: string) => Object.fromEntries(new URLSearchParams(body)));
  app.post('/echo', async ({ url, originalUrl, body, ip, protocol, hostname, query, raw }: Exchange, reply: Exchange) => {
    reply.header('set-cookie', ['a=1; Path=/', 'b=2; Path=/']);
    return { url, baseUrl: raw.baseUrl, originalUrl, body, ip, protocol, hostname, query };
  });
  return app;
}

/** Like a Nest application: a proxy around an application of another framework. */
function nestApp(): unknown {
  let instance: unknown;
  return { init: async () => { instance = expressApp('express'); }, getHttpAdapter: () => ({ getInstance: () => instance }), use: () => {}, listen: () => {} };
}

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });

const FORM = Buffer.from('name=Ada&role=admin').toString('base64');
const post = {
  method: 'POST', path: '/users/echo', resource: '/users/{proxy+}', query: 'page=2', body: FORM, isBase64Encoded: true,
  headers: [['Content-Type', 'application/x-www-form-urlencoded']],
} as const;
const get = (path: string) => ({ path: `/users${path}`, resource: '/users/{proxy+}' });

describe.each(endpoints)('behind $name', ({ ask, payload }) => {
  test.each([
    ['Express 4', () => expressApp('express4')],
    ['Express 5', () => expressApp('express')],
    ['Koa', koaApp],
    ['Fastify', fastifyApp],
    ['Nest', nestApp],
  ])('an app of %s is mounted, parses a form, knows its caller, and sets cookies', async (name, create) => {
    const { status, cookies, bytes } = await ask({ '/users': create() }, post);
    const seen = JSON.parse(bytes.toString()) as Exchange;
    expect({ status, cookies }).toEqual({ status: 200, cookies: [expect.stringMatching(/^a=1; path=\//i), expect.stringMatching(/^b=2; path=\//i)] });
    expect(seen).toMatchObject({
      url: '/echo?page=2', baseUrl: '/users', body: { name: 'Ada', role: 'admin' }, ip: '203.0.113.7', protocol: 'https', query: { page: '2' },
    });
    expect(seen.hostname).toMatch(/^id\./);
    // Koa sets originalUrl itself.
    expect(seen.originalUrl).toBe(name === 'Koa' ? '/echo?page=2' : '/users/echo?page=2');
    if (/Express|Nest/.test(name)) expect(seen.payload).toBe(payload);
  });

  test.each(['express4', 'express'])('%s sends files, returns errors with their status, and returns 404 for unknown paths', async (name) => {
    const routers = { '/users': expressApp(name) };
    const file = await ask(routers, get('/file'));
    expect(file.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(file.bytes.toString())).toHaveProperty('dependencies.express');
    expect((await ask(routers, get('/fail'))).status).toBe(418);
    expect((await ask(routers, get('/none'))).bytes.toString()).toContain('Cannot GET /users/none');
  });

  test('a form that arrives as text is parsed, too', async () => {
    const { bytes } = await ask({ '/users': expressApp('express') }, { ...post, body: 'name=Ada', isBase64Encoded: false });
    expect(JSON.parse(bytes.toString())).toMatchObject({ body: { name: 'Ada' } });
  });
});

test('a framework\'s router without its app is not a router', async () => {
  const [{ ask }] = endpoints;
  const log = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const name of ['express4', 'express']) expect((await ask({ '/users': requireFramework(name).Router() }, get('/x'))).status).toBe(500);
  expect(log.mock.calls.map(([line]) => JSON.parse(String(line)) as Exchange)).toMatchObject(Array(2).fill({
    code: 'ROUTER_EXPORT', message: 'router /users exports an Express router, which needs its app; export default express().use(router)',
  }));
});

