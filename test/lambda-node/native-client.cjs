// Preloaded before aws-lambda-ric, whose native part (a C++ client for the Runtime API) takes cmake and a minute to build. What it does
// beside `next`, for which the client has an alternative of its own, is two posts: they are done here. Streams are the client's own code.
const http = require('node:http');
const Module = require('node:module');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');

const post = (id, what) => (body) => {
  http.request({ hostname, port, method: 'POST', path: `/2018-06-01/runtime/invocation/${id}/${what}`, headers: { 'content-type': 'application/json' } }).end(body);
};

const native = {
  initializeClient() {},
  done: (id, body) => post(id, 'response')(body),
  error: (id, body) => post(id, 'error')(body),
};

const { _load: load } = Module;
Module._load = (request, ...rest) => (request === './rapid-client.node' ? native : load.call(Module, request, ...rest));
