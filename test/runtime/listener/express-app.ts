/**
 * An Express app that does what real apps do, to compare the servers that run it.
 */
import { join } from 'node:path';
import { FRAMEWORKS, Framework, requireFramework } from './frameworks';

export const BYTES = Buffer.from([0x89, 0x50, 0, 255, 254]);
export const MEGABYTE = 1024 * 1024;

/** The events that listeners have received since the last request. */
export const seen: string[] = [];

export function expressApp(name = 'express'): Framework {
  const express = requireFramework(name);
  const app = express();
  // Error responses do not contain the stack.
  app.set('env', 'production');
  readRequests(app, express);
  answer(app);
  answerByNode(app);
  fail(app);
  app.use('/static', express.static(FRAMEWORKS));
  return app;
}

function readRequests(app: Framework, express: Framework): void {
  const echo = ({ method, path, params, query, body, cookies, headers, complete }: Framework, response: Framework) => response.json({
    method, path, params, query, body: Buffer.isBuffer(body) ? body.toString('hex') : body, cookies, cookie: headers.cookie, twice: headers['x-twice'],
    complete: body === undefined || complete,
  });
  app.all('/echo', echo);
  app.get('/items/:id', echo);
  app.all('/json', express.json({ limit: 50 }), echo);
  app.all('/form', express.urlencoded({ extended: true }), echo);
  app.all('/raw', express.raw({ type: '*/*' }), echo);
  const behindProxy = express();
  behindProxy.set('trust proxy', 1);
  behindProxy.get('/', ({ ip, protocol, secure }: Framework, response: Framework) => response.json({ ip, protocol, secure }));
  app.use('/behind-proxy', behindProxy);
  app.get('/url', ({ url, originalUrl, baseUrl }: Framework, response: Framework) => response.send([url, originalUrl, baseUrl].join(' ')));
}

function answer(app: Framework): void {
  const compression = requireFramework('compression');
  app.get('/image', (_: Framework, response: Framework) => response.type('png').send(BYTES));
  app.get('/compressed', compression({ threshold: 0 }), (_: Framework, response: Framework) => response.json({ text: 'x'.repeat(3000) }));
  app.get('/cookies', (_: Framework, response: Framework) => response.cookie('a', '1').cookie('b', '2; x').append('x-many', '1').append('x-many', '2').send('ok'));
  app.get('/status/:status', ({ params }: Framework, response: Framework) => response.status(Number(params.status)).send('text'));
  app.get('/file', (_: Framework, response: Framework) => response.sendFile(join(FRAMEWORKS, 'package.json')));
  app.get('/redirect', (_: Framework, response: Framework) => response.redirect('/elsewhere?x=1'));
  app.get('/large/:megabytes', ({ params }: Framework, response: Framework) => response.type('text').send('x'.repeat(Number(params.megabytes) * MEGABYTE)));
  app.get('/late', (_: Framework, response: Framework) => {
    response.send('first');
    try { response.setHeader('x', '1'); } catch (error) { seen.push((error as { code: string }).code); }
  });
}

/** Uses the methods of Node.js's own response. */
function answerByNode(app: Framework): void {
  app.get('/bytes', (_: Framework, response: Framework) => response.end(BYTES));
  app.get('/chunks', async (_: Framework, response: Framework) => {
    for (const chunk of ['a', 'b', 'ü']) {
      response.write(chunk);
      await new Promise(setImmediate);
    }
    response.end();
  });
  app.get('/pressure', async (_: Framework, response: Framework) => {
    for (let i = 0; i < 40; i++) {
      if (response.write('x'.repeat(50_000))) continue;
      seen.push('drain');
      await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  });
  app.get('/head-list', (_: Framework, response: Framework) => response.writeHead(200, ['x-a', '1', 'x-a', '2', 'set-cookie', 'a=1', 'set-cookie', 'b=2']).end('x'));
  app.get('/head-object', (_: Framework, response: Framework) => {
    response.setHeader('x-before', '1');
    response.writeHead(201, 'Fine', { 'set-cookie': ['a=1', 'b=2'], 'x-number': 5 }).end('x');
  });
  app.get('/events', (_: Framework, response: Framework) => {
    response.setHeader('content-type', 'text/event-stream').flushHeaders();
    response.write('data: 1\n\n');
    setTimeout(() => response.end('data: 2\n\n'), 2);
  });
  app.get('/processing', (_: Framework, response: Framework) => { response.writeProcessing(); response.send('ok'); });
  app.get('/keep-alive', (_: Framework, response: Framework) => response.set({ 'connection': 'keep-alive', 'keep-alive': 'timeout=5' }).send('ok'));
  app.get('/closes', (request: Framework, response: Framework) => { request.on('close', () => seen.push('closed')); response.send('ok'); });
  app.get('/socket', ({ socket }: Framework, response: Framework) => {
    response.setTimeout(1000);
    response.json({ same: socket === response.socket, address: typeof socket.address(), writable: socket.writable, on: typeof socket.on });
  });
}

function fail(app: Framework): void {
  app.get('/throw', () => { throw new Error('boom'); });
  app.get('/reject', async () => { throw Object.assign(new Error('teapot'), { status: 418 }); });
  app.get('/throw-late', (_: Framework, response: Framework) => { response.write('half'); throw new Error('boom'); });
}
