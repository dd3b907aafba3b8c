import { HTTP, HTTP_1, REST } from './support';
import { authorizationBy, readOutput } from '../../../lib/local/authorizers/authorizer-answer';
import { LambdaAuthorizer } from '../../../lib/local/authorizers/lambda-authorizer';
import { LocalEndpoint } from '../../../lib/local/endpoint/local-endpoint';
import { failed, InvocationResult } from '../../../lib/local/lambda/invocation';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/users/7';
const POLICY: LambdaAuthorizer = { format: 'REQUEST', isSimple: false, identitySources: [], ttl: 0 };
const SIMPLE: LambdaAuthorizer = { format: 'HTTP 2.0', isSimple: true, identitySources: [], ttl: 0 };

const returned = (value: unknown): InvocationResult => ({ kind: 'returned', payload: Buffer.from(JSON.stringify(value)) });
const allow = (given: object = {}) => ({ principalId: 'me', policyDocument: { Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: ARN }] }, ...given });

function answerTo(result: InvocationResult, authorizer: LambdaAuthorizer, endpoint: LocalEndpoint) {
  const output = readOutput(result, authorizer);
  return 'passes' in output ? output : authorizationBy(output, authorizer, endpoint, ARN);
}

describe('the function receives the context', () => {
  const context = { text: 'a', number: 1, yes: true };

  test('behind an HTTP API, in format 2.0', () => {
    expect(answerTo(returned({ isAuthorized: true, context }), SIMPLE, HTTP)).toEqual({ passes: true, authorizer: { lambda: context } });
    expect(answerTo(returned(allow({ context: { list: ['a'] } })), POLICY, HTTP)).toEqual({ passes: true, authorizer: { lambda: { list: ['a'] } } });
  });

  test('behind an HTTP API, in format 1.0', () => {
    expect(answerTo(returned(allow({ context })), POLICY, HTTP_1)).toEqual({ passes: true, authorizer: { principalId: 'me', ...context } });
  });

  test('behind a REST API, as text', () => {
    expect(answerTo(returned(allow({ context })), POLICY, REST)).toEqual({ passes: true, authorizer: { principalId: 'me', text: 'a', number: '1', yes: 'true', integrationLatency: 0 } });
    expect(answerTo(returned(allow({ context: { list: ['a'] } })), POLICY, REST)).toMatchObject({ answer: 'authorizerFailure' });
  });
});

test.each([
  ['isAuthorized is false', returned({ isAuthorized: false }), SIMPLE, 'forbidden'],
  ['isAuthorized is missing', returned({}), SIMPLE, 'authorizerFailure'],
  ['the policy denies', returned({ policyDocument: { Statement: { Action: '*', Effect: 'Deny', Resource: '*' } } }), POLICY, 'forbidden'],
  ['there is no policy', returned({ isAuthorized: true }), POLICY, 'authorizerFailure'],
  ['the authorizer returns nothing', returned(null), POLICY, 'authorizerFailure'],
  ['the authorizer throws "Unauthorized"', failed('Error', 'Unauthorized'), POLICY, 'unauthorized'],
  ['the authorizer throws another error', failed('Error', 'Unauthorized!'), POLICY, 'authorizerFailure'],
])('a request is refused if %s', (_, result, authorizer, answer) => {
  expect(answerTo(result, authorizer, REST)).toMatchObject({ passes: false, answer });
});

test('a note says what to set if the authorizer returns a simple response instead of a policy', () => {
  const note = 'the authorizer failed: it must return a policyDocument with a Statement; to return isAuthorized in front of an HTTP API, set simpleResponses: true';
  expect(answerTo(returned({ isAuthorized: true }), POLICY, HTTP)).toMatchObject({ note });
  expect(answerTo(returned({}), POLICY, HTTP)).toMatchObject({ note: 'the authorizer failed: it must return a policyDocument with a Statement' });
});

test('a condition counts as met, with a note', () => {
  const conditional = { policyDocument: { Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: ARN, Condition: { IpAddress: {} } }] } };
  expect(answerTo(returned(conditional), POLICY, REST)).toMatchObject({ passes: true, note: 'the conditions of the authorizer\'s policy are not evaluated: they count as met' });
});
