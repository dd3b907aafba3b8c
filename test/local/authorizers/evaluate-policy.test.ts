import { evaluatePolicy, Policy } from '../../../lib/local/authorizers/evaluate-policy';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/users/7';
const statement = (Effect: string, Resource: string | string[], Action: string | string[] = 'execute-api:Invoke') => ({ Effect, Resource, Action });
const isAllowed = (Statement: Policy['Statement']) => evaluatePolicy({ Statement }, ARN).isAllowed;

test.each(['*', ARN, 'arn:aws:execute-api:*:*:*/prod/GET/*', 'arn:aws:execute-api:us-east-1:123456789012:local/*/GET/users/?', 'arn:aws:execute-api:*'])('%s matches the request', (resource) => {
  expect(isAllowed(statement('Allow', resource))).toBe(true);
});

test.each([`${ARN}/`, 'arn:aws:execute-api:us-east-1:123456789012:local/prod/POST/*', 'arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/users/?7', '', '.*'])('%s does not match the request', (resource) => {
  expect(isAllowed(statement('Allow', resource))).toBe(false);
});

test.each([['execute-api:Invoke', true], ['execute-api:*', true], ['EXECUTE-API:invoke', true], ['*', true], ['s3:GetObject', false], ['execute-api:InvalidateCache', false]])('the action %s allows the request: %s', (action, allows) => {
  expect(isAllowed(statement('Allow', '*', [action]))).toBe(allows);
});

test('a statement that denies overrides all statements that allow', () => {
  expect(isAllowed([statement('Allow', '*'), statement('Deny', ARN)])).toBe(false);
  expect(isAllowed([statement('Deny', `${ARN}/x`), statement('Allow', '*')])).toBe(true);
  expect(isAllowed([])).toBe(false);
});

test('NotResource and NotAction exclude resources and actions', () => {
  expect(isAllowed({ Effect: 'Allow', Action: '*', NotResource: [`${ARN}/x`] })).toBe(true);
  expect(isAllowed({ Effect: 'Allow', Action: '*', NotResource: ARN })).toBe(false);
  expect(isAllowed({ Effect: 'Allow', NotAction: 'execute-api:Invoke', Resource: '*' })).toBe(false);
});
