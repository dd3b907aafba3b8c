/**
 * Checks whether an authorizer has allowed an event. A direct invocation has not passed one, and neither has a request to a route that was added to
 * the API without one. The generated entry imports it if a router has an authorizer.
 */
import { ApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';

/**
 * What a JWT, Cognito, or Lambda authorizer adds to an event. The key exists even if a Lambda authorizer returns no context:
 * https://github.com/aws-powertools/powertools-lambda-python/issues/3453. IAM adds another key, `iam`.
 */
const LEFT_BY_AUTHORIZERS = ['jwt', 'lambda', 'claims', 'principalId'];

export function checkAuthorizer({ requestContext }: ApiEvent): void {
  const left = Object(requestContext?.authorizer) as object;
  if (LEFT_BY_AUTHORIZERS.some((key) => key in left)) return;
  throw new CodedError('AUTHORIZER_CONTEXT_MISSING', 'no authorizer has let the event through');
}
