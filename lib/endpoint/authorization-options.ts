import type { Duration } from 'aws-cdk-lib';
import type { IUserPoolClient } from 'aws-cdk-lib/aws-cognito';

/**
 * Options of `ApiAuthorization.jwt`.
 */
export interface JwtAuthorizationOptions {
  /**
   * Who issues the tokens: the `iss` claim, an `https://` URL of at most 2048 characters, below which API Gateway finds the keys. It has a host, and
   * no user, query string or fragment. If it contains a token, the text around the token is checked.
   */
  readonly issuer: string;

  /** For whom tokens are issued: at least one of them must be in the `aud`, or else the `client_id`, claim. At least one, and none may be blank. */
  readonly audience: string[];

  /**
   * The scopes of which a token must have at least one; each has at most 64 characters.
   *
   * @default - none is required
   */
  readonly scopes?: string[];
}

/**
 * Options of `ApiAuthorization.cognito`.
 */
export interface CognitoAuthorizationOptions {
  /**
   * The user pool clients whose tokens are accepted. An HTTP API needs at least one; a REST API accepts those of all clients of the pool and
   * refuses a list.
   *
   * @default - those of every client of the pool, in front of a REST API
   */
  readonly userPoolClients?: IUserPoolClient[];

  /**
   * The scopes of which an access token must have at least one; each has at most 64 characters. A REST API takes access tokens where scopes are
   * given, else ID tokens.
   *
   * @default - none is required
   */
  readonly scopes?: string[];
}

/**
 * Options of `ApiAuthorization.lambdaAuthorizer`.
 */
export interface LambdaAuthorizationOptions {
  /**
   * How long API Gateway remembers an answer of the authorizer for equal identities: whole seconds, at most one hour; zero turns the cache off.
   *
   * @default Duration.minutes(5)
   */
  readonly cache?: Duration;

  /**
   * What tells callers apart: API Gateway answers 401 itself where one of them is missing, and remembers answers by them. In the words of the
   * endpoint's kind: `$request.header.Authorization` for HTTP APIs, `method.request.header.Authorization` for REST APIs. What begins with a token is
   * not checked.
   *
   * Without the route among them, a remembered answer for one route is used for another: leave it out only where the authorizer does not decide by
   * the route.
   *
   * @default - the Authorization header, the route and the method
   */
  readonly identity?: string[];

  /**
   * Whether the authorizer of an HTTP API answers `{ isAuthorized: true }` instead of an IAM policy. A REST API knows policies only.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
   * @default false
   */
  readonly simpleResponses?: boolean;
}
