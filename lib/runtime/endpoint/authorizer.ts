/**
 * Whether an authorizer has let an event through. Whoever may invoke the function directly, or adds a route without an authorizer to the
 * API, has not asked one. The generated entry imports it where a router has one.
 */
import { ApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';

/**
 * What a JWT, Cognito or Lambda authorizer leaves in an event. The key is there also when a Lambda authorizer has found out nothing:
 * https://github.com/aws-powertools/powertools-lambda-python/issues/3453. That of IAM, `iam`, is none of these.
 */
const LEFT_BY_AUTHORIZERS = ['jwt', 'lambda', 'claims', 'principalId'];

export function demandAuthorizer({ requestContext }: ApiEvent): void {
  const left = Object(requestContext?.authorizer) as object;
  if (LEFT_BY_AUTHORIZERS.some((key) => key in left)) return;
  throw new CodedError('AUTHORIZER_CONTEXT_MISSING', 'no authorizer has let the event through');
}
