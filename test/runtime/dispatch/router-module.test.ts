import { toRouter } from '../../../lib/runtime/dispatch/router-module';

const handler = async () => ({ statusCode: 200 });
const app = { fetch: () => new Response() };
const callable = Object.assign(() => undefined, { fetch: () => new Response() });
class App {
  fetch() { return new Response(); }
}

test.each([
  ['a default export', { default: handler }],
  ['a named handler', { handler }],
  ['a default export next to a named handler', { default: handler, handler: app }],
  ['a named handler next to a default export that is not a router', { default: { name: 'config' }, handler }],
  ['a CommonJS module', { 'default': { default: handler }, 'module.exports': {} }],
  ['a CommonJS module with a named handler', { default: { handler } }],
])('%s that is a function is a Lambda handler', (_, module) => {
  expect(toRouter(module)).toEqual({ lambda: handler });
});

test.each([
  ['an object with fetch', { default: app }, app],
  ['a named object with fetch', { handler: app }, app],
  ['a callable app', { default: callable }, callable],
  ['a CommonJS app', { default: { default: app } }, app],
])('%s is a fetch router', (_, module, expected) => {
  expect(toRouter(module)?.fetch).toBe(expected);
  expect(toRouter(module)?.lambda).toBeUndefined();
});

test('an instance whose class has fetch is a fetch router', () => {
  expect(toRouter({ default: new App() })?.fetch).toBeInstanceOf(App);
});

test.each([[{}], [{ default: undefined }], [{ default: null, handler: 'index.handler' }], [{ default: { fetch: 'url' } }], [{ router: handler }], [undefined]])(
  '%j is neither a handler nor a fetch router', (module) => {
    expect(toRouter(module)).toBeUndefined();
  });
