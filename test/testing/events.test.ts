import type { Context } from 'aws-lambda';
import { functionUrlEvent, httpApiEvent, lambdaContext, restApiEvent } from '../../lib/testing';

test('httpApiEvent creates an event of an HTTP API', () => {
  expect(httpApiEvent('POST /users/7?x=1&x=2', { route: 'ANY /users/{id}', headers: { 'Cookie': 'a=1; b=2', 'X-Many': ['1', '2'] }, body: { a: 1 }, claims: { sub: 'ada' } })).toMatchObject({
    version: '2.0',
    routeKey: 'ANY /users/{id}',
    rawPath: '/users/7',
    rawQueryString: 'x=1&x=2',
    cookies: ['a=1', 'b=2'],
    headers: { 'content-type': 'application/json', 'content-length': '7', 'x-many': '1,2', 'x-forwarded-proto': 'https' },
    queryStringParameters: { x: '1,2' },
    pathParameters: { id: '7' },
    requestContext: { http: { method: 'POST', path: '/users/7' }, stage: '$default', authorizer: { jwt: { claims: { sub: 'ada' } } } },
    body: '{"a":1}',
    isBase64Encoded: false,
  });
  expect(httpApiEvent('GET /').routeKey).toBe('$default');
});

test('restApiEvent creates an event of a REST API', () => {
  expect(restApiEvent('GET /users/7/x', { route: 'GET /users/{proxy+}', headers: [['A', '1'], ['A', '2']] })).toMatchObject({
    resource: '/users/{proxy+}', path: '/users/7/x', httpMethod: 'GET', pathParameters: { proxy: '7/x' }, multiValueHeaders: { A: ['1', '2'] }, requestContext: { stage: 'prod' },
  });
  expect(restApiEvent('GET /users/7')).toMatchObject({ resource: '/{proxy+}', pathParameters: { proxy: 'users/7' } });
});

test('functionUrlEvent creates an event of a function URL', () => {
  const event = functionUrlEvent('PUT /a%20b', { headers: new Headers({ cookie: 'a=1' }), body: Buffer.from([0, 255]), authorizer: { iam: { userId: 'x' } } });
  expect(event).toMatchObject({ routeKey: '$default', rawPath: '/a%20b', headers: { cookie: 'a=1' }, body: 'AP8=', isBase64Encoded: true, requestContext: { authorizer: { iam: { userId: 'x' } } } });
  expect(event.requestContext.domainName).toContain('.lambda-url.');
});

test.each([
  ['users', 'route must be a method and a path, like "ANY /users/{proxy+}", got "users"'],
  ['GET /orders', 'route must match the request "POST /users", got "GET /orders"'],
  ['GET /users', 'route must match the request "POST /users", got "GET /users"'],
])('httpApiEvent rejects the route "%s"', (route, message) => {
  expect(() => httpApiEvent('POST /users', { route })).toThrow(message);
});

test('the remaining time of a context decreases', () => {
  jest.useFakeTimers();
  const context = lambdaContext({ remainingMs: 100, functionName: 'users', awsRequestId: 'r' });
  expect(context).toMatchObject({ functionName: 'users', awsRequestId: 'r', logGroupName: '/aws/lambda/users' });
  jest.advanceTimersByTime(30);
  expect(context.getRemainingTimeInMillis()).toBe(70);
  jest.advanceTimersByTime(100);
  expect(context.getRemainingTimeInMillis()).toBe(0);
  jest.useRealTimers();
});

test('a context has the type of @types/aws-lambda, but throws for what Lambda removed', () => {
  const context: Context = lambdaContext();
  expect(() => context.done()).toThrow('context.done is not a function: Lambda removed it with nodejs24.x');
});
