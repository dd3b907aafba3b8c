import { Hono } from 'hono';
import { FetchRouter, FetchRouterBindings } from '../../../lib/runtime/router-types';
import { formats, functionUrl, http2, Sent } from '../events';
import { bodyOf, apiOf, captureLog, contextOf, recorder } from '../support';

const context = contextOf();

afterEach(() => jest.restoreAllMocks());

describe.each(formats)('a fetch router behind a $name', ({ event }) => {
  const below = (sent: Sent) => event({ ...sent, path: `/users${sent.path ?? ''}`, resource: sent.path ? '/users/{proxy+}' : '/users' });

  async function ask(sent: Sent, answer?: (request: Request) => Response | Promise<Response>) {
    const router = recorder(answer);
    const result = await apiOf({ '/users': router }).handler(below(sent), context);
    return { result, request: router.requests[0] };
  }

  test('receives the event, the request context, and the Lambda context', async () => {
    let bindings: FetchRouterBindings | undefined;
    const sent = below({ path: '/7' });
    const router = { fetch(this: unknown, _: Request, given: FetchRouterBindings) { bindings = given; return new Response(String(this === router)); } };
    const result = await apiOf({ '/users': router }).handler(sent, context);
    expect(bindings).toEqual({ event: sent, requestContext: sent.requestContext, lambdaContext: context });
    expect(result.body).toBe('true');
  });

  test('passes its own bindings to Hono, in addition to those that it receives', async () => {
    const app = new Hono<{ Bindings: FetchRouterBindings & { TABLE: string } }>();
    app.get('/', (c) => c.text(`${c.env.TABLE} ${c.env.lambdaContext.awsRequestId}`));
    const router: FetchRouter = { fetch: (request, bindings) => app.fetch(request, { ...bindings, TABLE: 'users' }) };
    expect((await apiOf({ '/users': router }).handler(below({}), context)).body).toBe('users request-1');
  });

  test('receives no body if the request has none', async () => {
    expect((await ask({ method: 'POST' })).request.body).toBeNull();
    expect((await ask({ method: 'POST', body: '' })).request.body).toBeNull();
  });

  test('can return a stream', async () => {
    const stream = new ReadableStream({ start: (controller) => { controller.enqueue(Buffer.from('a')); controller.enqueue(Buffer.from('b')); controller.close(); } });
    expect((await ask({}, () => new Response(stream, { headers: { 'content-type': 'text/plain' } }))).result.body).toBe('ab');
  });

  test.each([
    ['text', 'text'], ['a result of a Lambda handler', { statusCode: 200 }], ['an error response', Response.error()],
  ])('that returns %s has a malformed result', async (_, answer) => {
    const lines = captureLog();
    const { result } = await ask({}, () => answer as Response);
    expect(bodyOf(result)).toMatchObject({ code: 'RESULT_MALFORMED' });
    expect(lines).toMatchObject([{ level: 'ERROR', code: 'RESULT_MALFORMED', router: '/users', requestId: 'request-1' }]);
  });
});

describe('a mounted router that returns 404', () => {
  const notFound = () => new Response('', { status: 404 });
  const codes = (lines: ReturnType<typeof captureLog>) => lines.map(({ code }) => code);

  test.each([
    ['/users/:id', ['PREFIX_TWICE']], ['/users', ['PREFIX_TWICE']], ['/users2', []], ['/:id', []],
  ])('and declares the route %s is checked for a repeated prefix', async (path, expected) => {
    const lines = captureLog();
    await apiOf({ '/users': { ...recorder(notFound), routes: [{ path }] } }).handler(functionUrl({ path: '/users/7' }), context);
    expect(codes(lines)).toEqual(expected);
  });
});

test('a router can return its own implementation of Response', async () => {
  const own = { status: 201, headers: new Headers({ 'content-type': 'text/plain' }), arrayBuffer: async () => new TextEncoder().encode('own').buffer };
  expect(await apiOf({ '/': { fetch: () => own } }).handler(http2({ resource: '/' }), context)).toMatchObject({ statusCode: 201, body: 'own' });
});
