import { createLazyApi } from '../../../lib/runtime/lazy-api';
import { captureLog, parts, recorder } from '../support';

const plan = { base: '', chunks: [], routers: [], fetch: true };

const { Request: realRequest, Response: realResponse } = globalThis;

afterEach(() => {
  jest.restoreAllMocks();
  Object.assign(globalThis, { Request: realRequest, Response: realResponse });
});

/** Calls the function before each construction. */
function onConstruct(name: 'Request' | 'Response', told: (...given: unknown[]) => void) {
  globalThis[name] = new Proxy(globalThis[name] as never, {
    construct(target, given) {
      told(...given);
      return Reflect.construct(target, given) as object;
    },
  });
}

async function init() {
  const router = recorder();
  const initialised = jest.fn();
  const lines = captureLog();
  await createLazyApi({ routes: [{ prefix: '/', load: async () => ({ default: router }) }] }, { report: { initDone: initialised, answered: jest.fn() } }, parts).init(plan);
  return { failures: initialised.mock.calls, asked: router.requests.length, lines };
}

test('INIT uses Request and Response once, with bodies and headers, and calls no router', async () => {
  const [request, response] = [jest.fn(), jest.fn()];
  onConstruct('Request', request);
  onConstruct('Response', response);
  expect(await init()).toEqual({ failures: [[0]], asked: 0, lines: [] });
  expect(request.mock.calls).toEqual([['https://localhost/rehearsal', expect.objectContaining({ method: 'POST', body: Buffer.from('{}'), headers: expect.any(Headers), signal: expect.any(AbortSignal) })]]);
  expect(response.mock.calls).toEqual([['{}', { headers: expect.any(Headers) }]]);
});

test.each(['Request', 'Response'] as const)('if other code has broken %s, INIT counts no failure, because a request will report it', async (name) => {
  const told = jest.fn(() => { throw new Error('patched'); });
  onConstruct(name, told);
  expect(await init()).toEqual({ failures: [[0]], asked: 0, lines: [] });
  expect(told).toHaveBeenCalledTimes(1);
});
