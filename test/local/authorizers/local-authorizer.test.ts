import { asked, REST } from './support';
import { LocalAuthorizer } from '../../../lib/local/authorizers/local-authorizer';
import { LocalLambda } from '../../../lib/local/lambda/local-lambda';
import { runnable } from '../support';

test('a TOKEN authorizer runs only for tokens that match its pattern completely', async () => {
  const lambda = new LocalLambda(runnable(`export const handler = async ({ authorizationToken, methodArn }) => ({
    policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }] }, context: { authorizationToken },
  });`));
  const properties = { Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', IdentityValidationExpression: 'Bearer [a-z]+' };
  const authorizer = new LocalAuthorizer('rest-api', properties, lambda, 'us-east-1');
  const answerTo = (token: string) => authorizer.authorize(asked(REST, [['authorization', token]]));
  expect(await answerTo('Bearer abc')).toMatchObject({ passes: true, authorizer: { authorizationToken: 'Bearer abc' } });
  expect(await answerTo('Bearer abc1')).toEqual({ passes: false, answer: 'unauthorized', note: 'the token does not match the pattern of the authorizer' });
  await lambda.close();
});
