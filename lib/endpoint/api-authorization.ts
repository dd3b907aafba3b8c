import { Duration } from 'aws-cdk-lib';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { aFunction, aUserPool, COGNITO_OPTIONS, JWT_OPTIONS, LAMBDA_OPTIONS } from './authorization-checks';
import { demand, demandOptions } from '../private/check';
import { LazyApiError } from '../private/errors';

/**
 * Options of `ApiAuthorization.jwt`.
 */
export interface JwtAuthorizationOptions {
  /** Who issues the tokens: the `iss` claim, an `https://` URL of at most 2048 characters, below which API Gateway finds the keys. */
  readonly issuer: string;

  /** For whom tokens are issued: at least one of them must be in the `aud`, or else the `client_id`, claim. None may be empty. */
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
   * How long API Gateway remembers an answer of the authorizer for equal identities; at most one hour, zero for not at all.
   *
   * @default Duration.minutes(5)
   */
  readonly cache?: Duration;

  /**
   * What tells callers apart: API Gateway answers 401 itself where one of them is missing, and remembers answers by them. In the words of the
   * endpoint's kind: `$request.header.Authorization` for HTTP APIs, `method.request.header.Authorization` for REST APIs.
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

const DEFAULT_AUTHORIZER_CACHE = Duration.minutes(5);

/** An authorization as data: each endpoint makes of it what its kind of API knows. */
export type AuthorizationSpec =
  | { readonly kind: 'iam' }
  | { readonly kind: 'none' }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly audience: readonly string[]; readonly scopes: readonly string[] }
  | { readonly kind: 'cognito'; readonly userPool: IUserPool; readonly clients: readonly IUserPoolClient[]; readonly scopes: readonly string[] }
  | {
    readonly kind: 'lambda';
    readonly handler: IFunction;
    readonly cacheSeconds: number;
    /** In the words of the endpoint's kind; undefined for its default. */
    readonly identity?: readonly string[];
    readonly simpleResponses: boolean;
  };

/**
 * Who may call the API, or one of its routers.
 */
export abstract class ApiAuthorization {
  /**
   * Callers sign their requests with AWS credentials that allow `execute-api:Invoke`: see `grantInvoke`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
   */
  public static iam(): ApiAuthorization {
    return new Authorization({ kind: 'iam' });
  }

  /** Anybody who reaches the API may call it. */
  public static none(): ApiAuthorization {
    return new Authorization({ kind: 'none' });
  }

  /**
   * Callers send a JSON Web Token in the Authorization header. For HTTP APIs.
   *
   * The function answers 401 to an event without what API Gateway read from the token, so that nobody comes in beside the authorizer.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  public static jwt(options: JwtAuthorizationOptions): ApiAuthorization {
    demandOptions('AUTHORIZATION', 'ApiAuthorization.jwt', options, JWT_OPTIONS);
    return new Authorization({ kind: 'jwt', issuer: options.issuer, audience: options.audience, scopes: options.scopes ?? [] });
  }

  /**
   * Callers send a token of an Amazon Cognito user pool in the Authorization header.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
   */
  public static cognito(userPool: IUserPool, options: CognitoAuthorizationOptions = {}): ApiAuthorization {
    demand('AUTHORIZATION', 'userPool', userPool, aUserPool);
    demandOptions('AUTHORIZATION', 'ApiAuthorization.cognito', options, COGNITO_OPTIONS);
    return new Authorization({ kind: 'cognito', userPool, clients: options.userPoolClients ?? [], scopes: options.scopes ?? [] });
  }

  /**
   * A Lambda function decides, by the request's headers, query string and route: a `REQUEST` authorizer.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
   */
  public static lambdaAuthorizer(handler: IFunction, options: LambdaAuthorizationOptions = {}): ApiAuthorization {
    demand('AUTHORIZATION', 'handler', handler, aFunction);
    demandOptions('AUTHORIZATION', 'ApiAuthorization.lambdaAuthorizer', options, LAMBDA_OPTIONS);
    const { cache = DEFAULT_AUTHORIZER_CACHE, identity, simpleResponses = false } = options;
    if ((cache.isUnresolved() || cache.toSeconds() > 0) && identity?.length === 0) {
      throw new LazyApiError('AUTHORIZATION', 'identity must name what tells callers apart while answers are remembered, got []; or set cache to Duration.seconds(0)');
    }
    return new Authorization({ kind: 'lambda', handler, cacheSeconds: cache.toSeconds(), identity, simpleResponses });
  }

  /** @internal */
  public abstract readonly _spec: AuthorizationSpec;
}

class Authorization extends ApiAuthorization {
  constructor(public readonly _spec: AuthorizationSpec) {
    super();
  }
}

/** Whether the function must insist on what the authorizer found out: only these tell it in the event. */
export function leavesContext({ kind }: AuthorizationSpec): boolean {
  return kind === 'jwt' || kind === 'cognito' || kind === 'lambda';
}
