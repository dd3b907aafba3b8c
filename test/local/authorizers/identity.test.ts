import { asked, HTTP, REST } from './support';
import { identityOf } from '../../../lib/local/authorizers/identity';
import { readLambdaAuthorizer } from '../../../lib/local/authorizers/lambda-authorizer';

const HEADER = [['authorization', 'Bearer abc']] as const;

test.each([
  ['$request.header.Authorization', 'Bearer abc'],
  ['$request.querystring.token', 'q'],
  ['$context.routeKey', 'ANY /users/{proxy+}'],
  ['$context.identity.sourceIp', '127.0.0.1'],
  ['$context.httpMethod', 'GET'],
])('an HTTP API reads the identity from %s', (source, value) => {
  expect(identityOf(readLambdaAuthorizer('http-api', { IdentitySource: [source] }), asked(HTTP, HEADER))).toEqual({ values: [value] });
});

test('a REST API reads the identity from several sources, separated by commas', () => {
  const declared = readLambdaAuthorizer('rest-api', { Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization, method.request.querystring.token,context.resourcePath' });
  expect(identityOf(declared, asked(REST, HEADER))).toEqual({ values: ['Bearer abc', 'q', '/users/{proxy+}'] });
});

test('missing and empty identity sources are named', () => {
  const declared = readLambdaAuthorizer('http-api', { IdentitySource: ['$request.header.Authorization', '$request.querystring.token', '$stageVariables.x'] });
  expect(identityOf(declared, asked(HTTP, [], '/users/7?token='))).toEqual({ missing: ['$request.header.Authorization', '$request.querystring.token', '$stageVariables.x'] });
});

test('without a cache, a REST API calls its REQUEST authorizer without an identity, but not its TOKEN authorizer', () => {
  const properties = { IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0 };
  expect(identityOf(readLambdaAuthorizer('rest-api', { ...properties, Type: 'REQUEST' }), asked(REST))).toEqual({ values: [''] });
  expect(identityOf(readLambdaAuthorizer('rest-api', { ...properties, Type: 'TOKEN' }), asked(REST))).toEqual({ missing: ['method.request.header.Authorization'] });
});

test.each([
  ['rest-api', {}, 300], ['rest-api', { AuthorizerResultTtlInSeconds: 0 }, 0], ['http-api', {}, 0], ['http-api', { AuthorizerResultTtlInSeconds: 60 }, 60],
] as const)('a %s with %j caches results for %i seconds', (kind, properties, ttl) => {
  expect(readLambdaAuthorizer(kind, properties).ttl).toBe(ttl);
});
