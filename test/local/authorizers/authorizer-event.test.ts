import { asked, HTTP, REST } from './support';
import { authorizerEvent, requestArn } from '../../../lib/local/authorizers/authorizer-event';
import { LambdaAuthorizer } from '../../../lib/local/authorizers/lambda-authorizer';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/users/7';
const of = (format: LambdaAuthorizer['format']): LambdaAuthorizer => ({ format, isSimple: false, identitySources: [], ttl: 0 });

test('a TOKEN authorizer gets the token', () => {
  expect(authorizerEvent(of('TOKEN'), asked(REST), ['Bearer abc'], ARN)).toEqual({ type: 'TOKEN', methodArn: ARN, authorizationToken: 'Bearer abc' });
});

test('a REQUEST authorizer of a REST API gets the request without its body', () => {
  const event = authorizerEvent(of('REQUEST'), asked(REST, [['X-A', '1']]), [], ARN);
  expect(event).toMatchObject({
    type: 'REQUEST', methodArn: ARN, resource: '/users/{proxy+}', path: '/users/7', httpMethod: 'GET', headers: { 'X-A': '1' },
    queryStringParameters: { token: 'q' }, pathParameters: { proxy: '7' }, stageVariables: {}, requestContext: { stage: 'prod', resourcePath: '/users/{proxy+}' },
  });
  expect(Object.keys(event)).not.toContain('body');
  expect(Object.keys(event)).not.toContain('version');
});

test('an authorizer of an HTTP API gets format 1.0', () => {
  const event = authorizerEvent(of('HTTP 1.0'), asked(HTTP), ['a', 'b'], ARN);
  expect(event).toMatchObject({ version: '1.0', type: 'REQUEST', methodArn: ARN, identitySource: 'a,b', authorizationToken: 'a,b', path: '/users/7', httpMethod: 'GET' });
  expect(Object.keys(event)).not.toContain('body');
});

test('an authorizer of an HTTP API gets format 2.0', () => {
  const event = authorizerEvent(of('HTTP 2.0'), asked(HTTP), ['a', 'b'], ARN);
  expect(event).toMatchObject({
    version: '2.0', type: 'REQUEST', routeArn: ARN, identitySource: ['a', 'b'], routeKey: 'ANY /users/{proxy+}', rawPath: '/users/7', rawQueryString: 'token=q',
    pathParameters: { proxy: '7' }, requestContext: { http: { method: 'GET', path: '/users/7' } },
  });
  expect(Object.keys(event)).not.toContain('isBase64Encoded');
  expect(authorizerEvent(of('HTTP 2.0'), asked(HTTP), [], ARN)).toMatchObject({ identitySource: null });
});

test('the ARN of a request contains its stage, its method, and its path', () => {
  expect(requestArn(asked(REST), 'us-east-1')).toBe(ARN);
  expect(requestArn(asked(HTTP), 'cn-north-1')).toBe('arn:aws-cn:execute-api:cn-north-1:123456789012:local/$default/GET/users/7');
});
