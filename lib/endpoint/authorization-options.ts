import type { Duration } from 'aws-cdk-lib';
import type { IUserPoolClient } from 'aws-cdk-lib/aws-cognito';

/** Options for `ApiAuthorization.jwt`. */
export interface JwtAuthorizationOptions {
  /**
   * The issuer of the tokens: the `iss` claim. API Gateway finds the issuer's public keys below this URL.
   *
   * It must be an `https://` URL of at most 2048 characters with a host, and without a user, a query string, or a fragment. If it contains a CDK
   * token, only the text around the token is checked.
   */
  readonly issuer: string;

  /**
   * The audiences that the API accepts. A token's `aud` claim, or its `client_id` claim if it has no `aud`, must contain at least one of them.
   * Specify at least one audience. None can be blank.
   */
  readonly audience: string[];

  /**
   * The scopes that the API accepts, at most 64 characters each. A token must have at least one of them.
   *
   * @default - no scope is required
   */
  readonly scopes?: string[];
}

/** Options for `ApiAuthorization.cognito`. */
export interface CognitoAuthorizationOptions {
  /**
   * The user pool clients whose tokens are accepted. An HTTP API requires at least one. A REST API accepts the tokens of all clients of the user pool
   * and does not support this option.
   *
   * @default - all clients of the user pool, for a REST API
   */
  readonly userPoolClients?: IUserPoolClient[];

  /**
   * The scopes that the API accepts, at most 64 characters each. An access token must have at least one of them. With scopes, a REST API expects
   * access tokens; without scopes, it expects ID tokens.
   *
   * @default - no scope is required
   */
  readonly scopes?: string[];
}

/** Options for `ApiAuthorization.lambdaAuthorizer`. */
export interface LambdaAuthorizationOptions {
  /**
   * How long API Gateway caches the authorizer's response for the same identity. The duration must be whole seconds, at most one hour. Zero disables
   * the cache.
   *
   * @default Duration.minutes(5)
   */
  readonly cache?: Duration;

  /**
   * The identity sources. API Gateway caches the authorizer's responses by their values, and returns 401 without calling the authorizer if one of
   * them is missing.
   *
   * Use the syntax of the endpoint: `$request.header.Authorization` for HTTP APIs, `method.request.header.Authorization` for REST APIs. A source that
   * begins with a CDK token is not checked.
   *
   * If the route is not one of the sources, API Gateway uses the cached response for one route for other routes too. Omit it only if the authorizer's
   * decision does not depend on the route.
   *
   * @default - the Authorization header, the route, and the method
   */
  readonly identity?: string[];

  /**
   * Whether the authorizer of an HTTP API returns `{ isAuthorized: true }` instead of an IAM policy. A REST API supports only policies.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
   * @default false
   */
  readonly simpleResponses?: boolean;
}
