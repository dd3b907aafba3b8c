import type { LambdaAuthorizer } from './lambda-authorizer';
import { ACCOUNT_ID, API_ID } from '../../gateway/event-context';
import { httpApiEventInPayload1, restApiEvent } from '../../gateway/payload-1';
import { httpApiEvent } from '../../gateway/payload-2';
import { decodePath, parseTarget } from '../../gateway/request-target';
import type { AskedRoute } from '../endpoint/authorize';

/**
 * The event of a Lambda authorizer: the event of the function without the body.
 *
 * @param identity the values of the identity sources
 * @param arn of the request, see `requestArn`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export function authorizerEvent({ format }: LambdaAuthorizer, asked: AskedRoute, identity: readonly string[], arn: string): object {
  const request = { ...asked.request, body: undefined };
  const { context } = asked;
  if (format === 'TOKEN') return { type: 'TOKEN', methodArn: arn, authorizationToken: identity[0] };
  if (format === 'REQUEST') {
    return { type: 'REQUEST', methodArn: arn, ...asAuthorizers(restApiEvent(request, { ...context, binaryMediaTypes: [] })) };
  }
  if (format === 'HTTP 2.0') {
    return { type: 'REQUEST', routeArn: arn, identitySource: identity.length > 0 ? identity : null, ...withoutBody(httpApiEvent(request, context)) };
  }
  const token = identity.length > 0 ? identity.join(',') : null;
  const event = asAuthorizers(httpApiEventInPayload1(request, context));
  return { type: 'REQUEST', methodArn: arn, identitySource: token, authorizationToken: token, ...event };
}

/** The ARN of a request, which policies refer to: `arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/users/7`. */
export function requestArn({ endpoint, request, context }: AskedRoute, region: string): string {
  const { path } = parseTarget(request.target);
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const { accountId = ACCOUNT_ID, apiId = API_ID, stage } = context;
  const shown = endpoint.kind === 'rest-api' ? path : decodePath(path);
  return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}${shown}`;
}

function withoutBody(event: object): object {
  const { body: _, isBase64Encoded: __, ...rest } = event as { readonly body?: unknown; readonly isBase64Encoded?: unknown };
  return rest;
}

/** In format 1.0, authorizers get an empty object where the function gets null. */
function asAuthorizers(event: object): object {
  return Object.fromEntries(Object.entries(withoutBody(event)).map(([name, value]) => [name, value === null ? {} : value as unknown]));
}
