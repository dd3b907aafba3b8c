import type { Properties } from '../assembly/template';
import type { LocalEndpoint } from '../endpoint/local-endpoint';

/** A Lambda authorizer, as its resource declares it. */
export interface LambdaAuthorizer {
  /** The format of its event. */
  readonly format: 'TOKEN' | 'REQUEST' | 'HTTP 1.0' | 'HTTP 2.0';
  /** Whether it returns `isAuthorized` instead of a policy. */
  readonly isSimple: boolean;
  /** The values that a request must have: `method.request.header.Authorization`, `$request.querystring.token`. */
  readonly identitySources: readonly string[];
  /** The pattern that a token must match. */
  readonly tokenPattern?: RegExp;
  /** How long its result is cached for the same identity, in seconds. */
  readonly ttl: number;
}

/** The default of a REST API: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
const REST_TTL = 300;

/**
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-authorizer.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-authorizer.html
 */
export function readLambdaAuthorizer(kind: LocalEndpoint['kind'], properties: Properties): LambdaAuthorizer {
  const { IdentitySource: source, AuthorizerResultTtlInSeconds: ttl, IdentityValidationExpression: pattern, Type: type } = properties;
  const identitySources = [source ?? []].flat().flatMap((one) => String(one).split(',')).map((one) => one.trim()).filter(Boolean);
  if (kind === 'rest-api') {
    return {
      format: type === 'TOKEN' ? 'TOKEN' : 'REQUEST',
      isSimple: false,
      identitySources,
      tokenPattern: type === 'TOKEN' && typeof pattern === 'string' ? new RegExp(`^(?:${pattern})$`) : undefined,
      ttl: Number(ttl ?? REST_TTL),
    };
  }
  const format = properties.AuthorizerPayloadFormatVersion === '1.0' ? 'HTTP 1.0' : 'HTTP 2.0';
  return { format, isSimple: properties.EnableSimpleResponses === true, identitySources, ttl: Number(ttl ?? 0) };
}
