// Preloaded before aws-lambda-ric where its native part (a C++ client for the Runtime API) could not be built. It behaves like the native
// client: posts return when the Runtime API has taken them, and a thread waits for the next invocation, which the end of the process waits for.
// Streams are the client's own code in both.
const { AsyncResource } = require('node:async_hooks');
const Module = require('node:module');
const { Worker } = require('node:worker_threads');

const BUSY = 1;
/** What the thread is busy with: posting, waiting for the next invocation. */
const busy = new Int32Array(new SharedArrayBuffer(8));
const [POST, NEXT] = [0, 1];

/** The descriptor of a pipe that is closed when the process that started this one is gone, however that has ended. */
const { LAZY_API_LIFELINE: lifeline } = process.env;
delete process.env.LAZY_API_LIFELINE;

const thread = new Worker(`
const http = require('node:http');
const net = require('node:net');
const { parentPort, workerData: { busy, hostname, port, lifeline } } = require('node:worker_threads');
if (lifeline) new net.Socket({ fd: Number(lifeline) }).on('error', () => {}).on('close', () => process.kill(process.pid, 'SIGKILL')).resume().unref();
const done = (index) => { Atomics.store(busy, index, 0); Atomics.notify(busy, index); };
parentPort.on('message', ({ index, method, path, body }) => {
  const request = http.request({ hostname, port, method, path: '/2018-06-01/runtime/invocation/' + path }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
      if (method === 'GET') parentPort.postMessage({ bodyJson: text, headers: response.headers });
      done(index);
    });
  });
  request.on('error', () => done(index)).end(body);
});`, {
  eval: true,
  execArgv: [],
  workerData: { busy, hostname: process.env.AWS_LAMBDA_RUNTIME_API.split(':')[0], port: process.env.AWS_LAMBDA_RUNTIME_API.split(':')[1], lifeline },
});

function send(message) {
  Atomics.store(busy, message.index, BUSY);
  thread.postMessage(message);
}

function post(path, body) {
  send({ index: POST, method: 'POST', path, body });
  Atomics.wait(busy, POST, BUSY);
}

/** After the listeners of everybody else, as the native client's thread is waited for. */
const waitForNext = () => void Atomics.wait(busy, NEXT, BUSY);

const native = {
  next: () => new Promise((resolve) => {
    // Work of a native client's thread has such a resource, which async hooks see.
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
