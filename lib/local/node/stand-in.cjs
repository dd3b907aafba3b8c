// Preloaded before aws-lambda-ric in place of its native part (a C++ client for the Runtime API), which must be compiled. It behaves like the native
// client: a post returns when the Runtime API has accepted it. A thread waits for the next invocation, and the process does not exit before this
// thread does. Streams use the client's own code in both cases.
const { AsyncResource } = require('node:async_hooks');
const Module = require('node:module');
const { Worker } = require('node:worker_threads');

const BUSY = 1;
/** What the thread is busy with: a post, or waiting for the next invocation. */
const busy = new Int32Array(new SharedArrayBuffer(8));
const [POST, NEXT] = [0, 1];

/** The descriptor of a pipe that closes when the process that started this one has ended, regardless of how. */
const { LAZY_API_LIFELINE: lifeline } = process.env;
delete process.env.LAZY_API_LIFELINE;

/** The thread has its own HTTP client, because `node:http` takes several times as long for the two short exchanges of an invocation. */
const thread = new Worker(`
const net = require('node:net');
const { parentPort, workerData: { busy, hostname, port, lifeline } } = require('node:worker_threads');
if (lifeline) new net.Socket({ fd: Number(lifeline) }).on('error', () => {}).on('close', () => process.kill(process.pid, 'SIGKILL')).resume().unref();

/** Parses a response. Undefined if it is not complete yet. */
function parse(bytes) {
  const end = bytes.indexOf('\\r\\n\\r\\n');
  if (end < 0) return undefined;
  const [, ...lines] = bytes.latin1Slice(0, end).split('\\r\\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const body = bytes.subarray(end + 4);
  if (headers['transfer-encoding'] === 'chunked') return parseChunks(headers, body);
  const length = Number(headers['content-length'] ?? 0);
  return body.length < length ? { missing: length - body.length } : { headers, body: body.utf8Slice(0, length) };
}

function parseChunks(headers, body) {
  const chunks = [];
  for (let at = 0; ;) {
    const end = body.indexOf('\\r\\n', at);
    const size = end < 0 ? NaN : parseInt(body.latin1Slice(at, end), 16);
    if (!(end + 2 + size + 2 <= body.length)) return undefined;
    if (size === 0) return { headers, body: Buffer.concat(chunks).toString() };
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

/** One connection, with one request at a time. */
class Connection {
  ask(method, path, body, settle) {
    this.settle = settle;
    this.chunks = [];
    this.missing = 0;
    this.socket ??= this.open();
    const bytes = Buffer.from(body);
    const length = method === 'GET' ? '' : 'content-length: ' + bytes.length + '\\r\\n';
    this.socket.cork();
    this.socket.write(method + ' /2018-06-01/runtime/invocation/' + path + ' HTTP/1.1\\r\\nhost: ' + hostname + ':' + port + '\\r\\n' + length + '\\r\\n');
    this.socket.write(bytes);
    this.socket.uncork();
  }
  open() {
    const socket = net.connect({ host: hostname, port, noDelay: true });
    return socket.on('data', (chunk) => this.take(chunk)).on('error', () => {}).on('close', () => {
      this.socket = undefined;
      this.end();
    });
  }
  take(chunk) {
    this.chunks.push(chunk);
    this.missing -= chunk.length;
    if (this.missing > 0) return;
    const bytes = Buffer.concat(this.chunks);
    const parsed = parse(bytes);
    if (parsed?.headers) return this.end(parsed);
    this.chunks = [bytes];
    this.missing = parsed?.missing ?? 0;
  }
  end(response) {
    const { settle } = this;
    this.settle = undefined;
    settle?.(response);
  }
}

/** With two connections, a post does not wait for the response to the request for the next invocation. */
const connections = [new Connection(), new Connection()];
parentPort.on('message', ({ index, method, path, body = '' }) => connections[index].ask(method, path, body, (response) => {
  if (response && method === 'GET') parentPort.postMessage({ bodyJson: response.body, headers: response.headers });
  Atomics.store(busy, index, 0);
  Atomics.notify(busy, index);
}));`, {
  eval: true,
  execArgv: [],
  workerData: { busy, hostname: process.env.AWS_LAMBDA_RUNTIME_API.split(':')[0], port: Number(process.env.AWS_LAMBDA_RUNTIME_API.split(':')[1]), lifeline },
});

function send(message) {
  Atomics.store(busy, message.index, BUSY);
  thread.postMessage(message);
}

function post(path, body) {
  send({ index: POST, method: 'POST', path, body });
  Atomics.wait(busy, POST, BUSY);
}

/** Runs after all other listeners, when the process would also wait for the native client's thread. */
const waitForNext = () => void Atomics.wait(busy, NEXT, BUSY);

const native = {
  next: () => new Promise((resolve) => {
    // Like the work of a native client's thread, this has a resource that async hooks see.
    const work = new AsyncResource('generic');
    process.off('exit', waitForNext).on('exit', waitForNext);
    thread.ref();
    thread.once('message', (invocation) => {
      thread.unref();
      work.runInAsyncScope(resolve, undefined, invocation);
    });
    send({ index: NEXT, method: 'GET', path: 'next' });
  }),
  done: (id, body) => post(`${id}/response`, body),
  error: (id, body) => post(`${id}/error`, body),
};

thread.unref();

const { _load: load } = Module;
Module._load = (request, ...rest) => (request === './rapid-client.node' ? native : load.call(Module, request, ...rest));
