import type { Writable } from 'node:stream';
import { createTestApi, TestApi, TestApiOptions } from '../../lib/testing';

const open: TestApi[] = [];
beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });
afterEach(() => Promise.all(open.splice(0).map((api) => api.close())));

function create(options: TestApiOptions): TestApi {
  const api = createTestApi(options);
  open.push(api);
  return api;
}

const echo = {
  fetch: async (request: Request, { requestContext }: { requestContext: { authorizer?: unknown } }) => Response.json({
    method: request.method,
    path: new URL(request.url).pathname,
    query: new URL(request.url).search,
    type: request.headers.get('content-type'),
    body: await request.text(),
    authorizer: requestContext.authorizer ?? null,
  }),
};
const routers = { '/users': () => ({ default: echo }), '/users/{id}/orders': () => ({ default: { fetch: () => new Response('orders') } }) };
const json = async (response: Promise<Response>) => (await response).json() as Promise<Record<string, unknown>>;

describe.each(['http', 'rest', 'functionUrl'] as const)('behind the endpoint %s', (endpoint) => {
  const reasons = { http: [404, 'Not Found'], rest: [404, 'Not Found'], functionUrl: [404, 'Not Found'] } as const;

  test('a request reaches its router', async () => {
    const api = create({ routers, endpoint });
    expect(await json(api.request('GET /users/a%20b?x=1&x=2'))).toMatchObject({ method: 'GET', path: '/a%20b', query: '?x=1&x=2' });
    expect(await (await api.request('GET /users/7/orders')).text()).toBe('orders');
  });

  test('a request that no router serves gets the response of the endpoint', async () => {
    const response = await create({ routers, endpoint }).request('GET /users2');
    const [status, message] = reasons[endpoint];
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ message });
  });

  test.each([
    ['an object', { name: 'Ada' }, 'application/json', '{"name":"Ada"}'],
    ['a list', [1], 'application/json', '[1]'],
    ['text', 'Ada', 'text/plain;charset=UTF-8', 'Ada'],
    ['a form', new URLSearchParams({ name: 'Ada' }), 'application/x-www-form-urlencoded;charset=UTF-8', 'name=Ada'],
    ['a Blob', new Blob(['Ada'], { type: 'text/csv' }), 'text/csv', 'Ada'],
  ])('a body can be %s', async (_, body, type, text) => {
    expect(await json(create({ routers, endpoint }).request('POST /users', { body }))).toMatchObject({ type, body: text });
  });

  test('a content-type header takes precedence', async () => {
    const api = create({ routers, endpoint });
    expect(await json(api.request('POST /users', { headers: { 'Content-Type': 'application/vnd.api+json' }, body: { a: 1 } }))).toMatchObject({ type: 'application/vnd.api+json' });
  });

  test('bytes arrive and come back unchanged', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const api = create({ endpoint, routers: { '/': () => ({ default: { fetch: async (request: Request) => new Response(await request.arrayBuffer(), { headers: { 'content-type': 'image/png' } }) } }) } });
    expect(Buffer.from(await (await api.request('POST /', { body: bytes })).arrayBuffer())).toEqual(Buffer.from(bytes));
  });

  test('a response has its cookies and its status', async () => {
    const headers = [['set-cookie', 'a=1'], ['set-cookie', 'b=2']] as Array<[string, string]>;
    const api = create({ endpoint, routers: { '/': () => ({ default: { fetch: () => new Response(null, { status: 204, headers }) } }) } });
    const response = await api.request('GET /');
    expect([response.status, response.headers.getSetCookie()]).toEqual([204, ['a=1', 'b=2']]);
  });

  test('the event contains the authorizer context', async () => {
    const authorizer = { lambda: { tenant: 'a' } };
    expect(await json(create({ routers, endpoint }).request('GET /users', { authorizer }))).toMatchObject({ authorizer });
  });

  test('a router that throws causes HANDLER_FAILED, and a router that hangs causes a 504 response at the timeout', async () => {
    const api = create({
      endpoint, timeoutMs: 40, routers: {
        '/throws': () => ({ handler: async () => { throw new Error('no'); } }),
        '/hangs': () => ({ handler: () => new Promise(() => {}) }),
      },
    });
    expect(await json(api.request('GET /throws'))).toMatchObject({ code: 'HANDLER_FAILED' });
    const late = await api.request('GET /hangs');
    expect([late.status, await late.json()]).toEqual([504, expect.objectContaining({ code: 'TIMEOUT' })]);
  });
});

describe('claims', () => {
  const claims = { 'sub': 'ada', 'exp': 7, 'cognito:groups': ['admin', 'staff'] };

  test('behind an HTTP API have the format of a JWT authorizer', async () => {
    const { authorizer } = await json(create({ routers }).request('GET /users', { claims }));
    expect(authorizer).toEqual({ jwt: { claims: { 'sub': 'ada', 'exp': '7', 'cognito:groups': '[admin staff]' }, scopes: null } });
  });

  test('behind a REST API have the format of a Cognito authorizer', async () => {
    const { authorizer } = await json(create({ routers, endpoint: 'rest' }).request('GET /users', { claims }));
    expect(authorizer).toEqual({ claims: { 'sub': 'ada', 'exp': '7', 'cognito:groups': 'admin,staff' } });
  });

  test('behind a function URL are an error', async () => {
    await expect(create({ routers, endpoint: 'functionUrl' }).request('GET /users', { claims }))
      .rejects.toThrow('claims must not be given for a function URL, which reads no tokens; pass authorizer: { iam: { ... } }');
  });
});

describe('kinds of router', () => {
  test('a Lambda handler gets an event and a context', async () => {
    const handler = async (event: { body?: string; rawPath: string }, context: { getRemainingTimeInMillis(): number }) => (
      { statusCode: 201, body: `${event.rawPath} ${context.getRemainingTimeInMillis() > 1_000}` }
    );
    const api = create({ routers: { '/users': () => ({ handler }) } });
    const response = await api.request('PUT /users/7');
    expect([response.status, await response.text()]).toEqual([201, '/users/7 true']);
  });

  test('a Node.js listener gets a request and a response', async () => {
    const listener = (request: { url: string }, response: { end(text: string): void }) => response.end(request.url);
    const api = create({ routers: { '/users': async () => ({ listener }) } });
    expect(await (await api.request('GET /users/7?x=1')).text()).toBe('/7?x=1');
  });

  test('a router with stripPrefix: false gets the full path', async () => {
    const api = create({ routers: { '/users': { load: () => ({ default: echo }), stripPrefix: false } } });
    expect(await json(api.request('GET /users/7'))).toMatchObject({ path: '/users/7' });
  });

  test('a router is loaded once, by the first request that needs it', async () => {
    const load = jest.fn(() => ({ default: echo }));
    const api = create({ routers: { ...routers, '/items': load } });
    await api.request('GET /users');
    expect(load).not.toHaveBeenCalled();
    await Promise.all([api.request('GET /items'), api.request('GET /items/7')]);
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe.each(['rest', 'functionUrl'] as const)('streaming behind the endpoint %s', (endpoint) => {
  interface AwsLambda {
    HttpResponseStream: { from(stream: NodeJS.WritableStream, head: object): NodeJS.WritableStream };
    streamifyResponse(handler: (event: object, stream: NodeJS.WritableStream) => Promise<void>): unknown;
  }
  const streamed = () => {
    const { awslambda } = globalThis as unknown as { awslambda: AwsLambda };
    return {
      handler: awslambda.streamifyResponse(async (_, stream) => {
        const body = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'content-type': 'text/plain' } });
        body.write('a');
        body.end('b');
      }),
    };
  };

  test('a handler streams its response', async () => {
    const response = await create({ endpoint, streaming: true, routers: { '/': streamed } }).request('GET /');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([202, 'text/plain', 'ab']);
  });

  test('a response is available before its body ends', async () => {
    let end!: () => void;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('first'));
        end = () => controller.close();
      },
    });
    const response = await create({ endpoint, streaming: true, routers: { '/': () => ({ default: { fetch: () => new Response(body) } }) } }).request('GET /');
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    end();
    expect((await reader.read()).done).toBe(true);
  });

  test('a read of a body that breaks off rejects', async () => {
    const body = () => new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(Buffer.from('first'));
        await new Promise((resolve) => setTimeout(resolve, 60));
        throw new Error('no');
      },
    });
    const response = await create({ endpoint, streaming: true, routers: { '/': () => ({ default: { fetch: () => new Response(body()) } }) } }).request('GET /');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('a handler that hangs in the middle of its response ends at the timeout', async () => {
    const hangs = () => {
      const { awslambda } = globalThis as unknown as { awslambda: AwsLambda };
      return {
        handler: awslambda.streamifyResponse(async (_, stream) => {
          (stream as Writable).cork();
          stream.write('a');
          await new Promise(() => {});
        }),
      };
    };
    const response = await create({ endpoint, streaming: true, timeoutMs: 60, routers: { '/': hangs } }).request('GET /');
    await expect(response.text()).rejects.toThrow('the response ended early');
  });

  test('a large body can be read after the timeout', async () => {
    const chunks = new Array<string>(100).fill('x'.repeat(10_000));
    const body = () => new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const chunk = chunks.pop();
        if (chunk === undefined) controller.close();
        else controller.enqueue(Buffer.from(chunk));
      },
    });
    const response = await create({ endpoint, streaming: true, timeoutMs: 500, routers: { '/': () => ({ default: { fetch: () => new Response(body()) } }) } }).request('GET /');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await response.text()).length).toBe(1_000_000);
  });

  test('invoke collects a streamed result', async () => {
    const api = create({ endpoint, streaming: true, routers: { '/': streamed } });
    const event = { version: '2.0', routeKey: '$default', rawPath: '/', headers: {}, requestContext: { http: { method: 'GET' }, domainName: 'x.lambda-url.y', stage: '$default' } };
    expect(await api.invoke(event)).toEqual({ statusCode: 202, headers: { 'content-type': 'text/plain' }, body: 'ab', isBase64Encoded: false });
  });

  test('the global awslambda is removed when the test API is closed', async () => {
    await create({ endpoint, routers }).close();
    expect(globalThis).not.toHaveProperty('awslambda');
  });
});

describe('the error message explains', () => {
  test.each<[string, TestApiOptions, string]>([
    ['options without routers and without an asset', {} as TestApiOptions, 'createTestApi: the options must have either routers or asset; pass routers: { "/users": () => import("./users") }'],
    ['no router', { routers: {} }, 'createTestApi: routers must have at least one router, got {}'],
    ['an unknown option', { routers, endpiont: 'rest' } as TestApiOptions, 'createTestApi: endpiont is not an option; the options are endpoint, secrets'],
    ['an option that is only for routers', { asset: '/nowhere', streaming: true } as TestApiOptions, 'createTestApi: streaming is not an option; the options are endpoint, secrets, parameters, environment, timeoutMs, asset'],
    ['an unknown endpoint', { routers, endpoint: 'https' } as unknown as TestApiOptions, 'endpoint must be one of "http", "rest", "functionUrl", got "https"'],
    ['a prefix without a slash', { routers: { users: routers['/users'] } }, 'a prefix in routers must start with "/", got "users"'],
    ['a path instead of an import', { routers: { '/users': './users' } } as unknown as TestApiOptions, 'routers["/users"] must be a function that imports the router, like () => import("../src/routers/users"), or { load: that function }, got "./users"'],
    ['an HTTP API that streams', { routers, streaming: true }, 'streaming must be false for an HTTP API, which does not stream; choose endpoint: "rest" or "functionUrl"'],
    ['an asset that does not exist', { asset: '/nowhere' }, 'asset must be the directory of a function\'s built code, got "/nowhere" without a readable manifest.json; synthesize the app'],
    ['a construct without an asset', { asset: {} }, 'asset must be a construct with an assetPath, got one without'],
  ])('%s', (_, options, message) => {
    expect(() => createTestApi(options)).toThrow(message);
  });

  test.each(['/users', 'get /users', 'GET users', 'GET  /users', 'GET /us ers'])('the request line "%s"', async (line) => {
    await expect(create({ routers }).request(line)).rejects.toThrow(`the request must be a method and a path, like "GET /api/users?limit=1", got "${line}"`);
  });

  test('a body that is neither JSON nor bytes', async () => {
    await expect(create({ routers }).request('POST /users', { body: new Map() })).rejects.toThrow('body must be text, a plain object or list, a Uint8Array, or URLSearchParams, got an instance of Map');
  });

  test('a module that exports no router', async () => {
    await expect(create({ routers: { '/users': () => ({ name: 'x' }) } }).request('GET /users'))
      .rejects.toThrow('routers["/users"] must import a module that exports a router, as its default or as handler; router /users exports neither a function (event, context)');
  });

  test('a module that cannot be loaded', async () => {
    const api = create({ routers: { '/users': () => { throw new TypeError('x is not a function'); } } });
    for (let i = 0; i < 2; i++) {
      await expect(api.request('GET /users')).rejects.toMatchObject({ message: expect.stringContaining('cannot be loaded: x is not a function'), cause: expect.any(TypeError) });
    }
  });
});
