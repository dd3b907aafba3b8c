import { evaluatePolicy, Policy } from './evaluate-policy';
import type { LambdaAuthorizer } from './lambda-authorizer';
import { Authorization, unauthorized } from '../endpoint/authorize';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import type { InvocationResult } from '../lambda/invocation';

/** What an authorizer returns. */
export interface AuthorizerOutput {
  readonly isAuthorized?: boolean;
  readonly policyDocument?: Policy;
  readonly principalId?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Returns the output of the authorizer, or the response to the request if the output is invalid. */
export function readOutput(result: InvocationResult, { isSimple }: LambdaAuthorizer): AuthorizerOutput | Authorization {
  if (result.kind === 'failed') {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
    return result.errorMessage === 'Unauthorized' ? unauthorized() : failure(`${result.errorType}: ${result.errorMessage}`);
  }
  if (result.kind === 'streamed') return failure('it must not stream');
  const output = Object(parse(result.payload.toString())) as AuthorizerOutput;
  const isBoolean = typeof output.isAuthorized === 'boolean';
  if (isSimple) return isBoolean ? output : failure('with simple responses, it must return isAuthorized, true or false');
  if (output.policyDocument?.Statement) return output;
  const hint = isBoolean ? '; to return isAuthorized in front of an HTTP API, set simpleResponses: true' : '';
  return failure(`it must return a policyDocument with a Statement${hint}`);
}

/** What an output means for a request. */
export function authorizationBy(output: AuthorizerOutput, { isSimple }: LambdaAuthorizer, endpoint: LocalEndpoint, arn: string): Authorization {
  const { isAllowed, hasConditions } = isSimple
    ? { isAllowed: output.isAuthorized === true, hasConditions: false }
    : evaluatePolicy(output.policyDocument!, arn);
  const note = hasConditions ? 'the conditions of the authorizer\'s policy are not evaluated: they count as met' : undefined;
  if (!isAllowed) return { passes: false, answer: 'forbidden', note: note ?? 'the authorizer does not allow the request' };
  const { context = {} } = output;
  if (endpoint.kind === 'rest-api' && Object.values(context).some((value) => typeof value === 'object')) {
    return failure('behind a REST API, its context must have strings, numbers and booleans only');
  }
  return { passes: true, authorizer: shown(output, endpoint), note };
}

/** The authorizer context that the function receives in `requestContext.authorizer`. */
function shown({ principalId, context = {} }: AuthorizerOutput, { kind, payload }: LocalEndpoint): object {
  if (payload === '2.0') return { lambda: context };
  const named = { ...principalId !== undefined && { principalId }, ...context };
  if (kind !== 'rest-api') return named;
  return { ...Object.fromEntries(Object.entries(named).map(([name, value]) => [name, String(value)])), integrationLatency: 0 };
}

function failure(note: string): Authorization {
  return { passes: false, answer: 'authorizerFailure', note: `the authorizer failed: ${note}` };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
