import { Duration } from 'aws-cdk-lib';
import { LazyApiError } from '../../private/errors';
import type { AuthorizationSpec, LambdaAuthorizationOptions } from '../api-authorization';
import type { RoutesOptions } from '../endpoint-plan';

/**
 * The Authorization header, and the route with the method, so that an answer that is remembered for one never holds for another.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const DEFAULT_IDENTITY = ['method.request.header.Authorization', 'context.resourcePath', 'context.httpMethod'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html#cfn-apigateway-authorizer-identitysource */
const IDENTITY = /^(method\.request\.(header|querystring|multivaluequerystring)|stageVariables|context)\.[^\s,]+$/;

const MOST_CACHE = Duration.hours(1);

export function authorizerIdentity({ identity }: LambdaAuthorizationOptions): readonly string[] {
  return identity ?? DEFAULT_IDENTITY;
}

export function authorizerCache({ cache }: LambdaAuthorizationOptions): Duration {
  return cache ?? Duration.minutes(5);
}

/** Refuses what a REST API's authorizers cannot do, wherever it is said. */
export function checkRestAuthorizations({ authorization, routes = {} }: RoutesOptions): void {
  if (authorization) check('authorization', authorization._spec);
  for (const [prefix, route] of Object.entries(routes)) {
    if (route.authorization) check(`routes["${prefix}"].authorization`, route.authorization._spec);
  }
}

function check(label: string, spec: AuthorizationSpec): void {
  const problem = problemOf(spec);
  if (problem) throw new LazyApiError('AUTHORIZATION', `${label}: ${problem}`);
}

function problemOf(spec: AuthorizationSpec): string | undefined {
  if (spec.kind === 'cognito' && spec.clients.length > 0) {
    return 'userPoolClients must be left out: a REST API accepts the tokens of all clients of a user pool; tell clients apart by scopes, or use ApiEndpoint.http';
  }
  return spec.kind === 'lambda' ? problemOfLambda(spec.options) : undefined;
}

function problemOfLambda(options: LambdaAuthorizationOptions): string | undefined {
  if (options.simpleResponses) return 'simpleResponses is not supported: a REST API wants an IAM policy of its authorizers; leave it out, or use ApiEndpoint.http';
  const identity = authorizerIdentity(options);
  const odd = identity.find((source) => !IDENTITY.test(source));
  if (odd !== undefined) {
    return `identity must be in the words of REST APIs, like "method.request.header.Authorization" or "context.httpMethod", got "${odd}"`;
  }
  const cache = authorizerCache(options);
  if (cache.isUnresolved()) return undefined;
  if (cache.toMilliseconds() > MOST_CACHE.toMilliseconds()) return `cache must be at most ${MOST_CACHE.toSeconds()} seconds, got ${cache.toSeconds()}`;
  if (cache.toMilliseconds() > 0 && identity.length === 0) {
    return 'identity must not be empty where answers are remembered: all callers would get the first one\'s; set cache to Duration.seconds(0), or name what tells callers apart';
  }
  return undefined;
}
