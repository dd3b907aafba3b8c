import { Duration } from 'aws-cdk-lib';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { aFunction, aUserPool, COGNITO_OPTIONS, JWT_OPTIONS, LAMBDA_OPTIONS } from './authorization-checks';
import type { CognitoAuthorizationOptions, JwtAuthorizationOptions, LambdaAuthorizationOptions } from './authorization-options';
import { checkProp, checkOptionsOf } from '../private/check';
import { LazyApiError } from '../private/errors';

const DEFAULT_AUTHORIZER_CACHE = Duration.minutes(5);

/** An authorization as data, which each kind of endpoint translates into its own resources. */
export type AuthorizationSpec =
  | { readonly kind: 'iam' }
  | { readonly kind: 'none' }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly audience: readonly string[]; readonly scopes: readonly string[] }
  | { readonly kind: 'cognito'; readonly userPool: IUserPool; readonly clients: readonly IUserPoolClient[]; readonly scopes: readonly string[] }
  | {
    readonly kind: 'lambda';
    readonly handler: IFunction;
    readonly cacheSeconds: number;
    /** Identity sources in the syntax of the endpoint's kind. Undefined for the endpoint's default. */
    readonly identity?: readonly string[];
    readonly simpleResponses: boolean;
  };

/** The authorizations of one kind. */
export type AuthorizationOf<K extends AuthorizationSpec['kind']> = Extract<AuthorizationSpec, { readonly kind: K }>;

/** Who can call the API, or one of its routers. */
export abstract class ApiAuthorization {
  /**
   * Callers sign their requests with AWS credentials that allow `execute-api:Invoke`. To allow a caller, use `grantInvoke`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
   */
  public static iam(): ApiAuthorization {
    return new Authorization({ kind: 'iam' });
  }

  /** The API is public. Anyone who can reach it can call it. */
  public static none(): ApiAuthorization {
    return new Authorization({ kind: 'none' });
  }

  /**
   * Callers send a JSON Web Token in the Authorization header. For HTTP APIs only.
   *
   * The function returns 401 for an event without the claims that API Gateway reads from the token, so callers cannot bypass the authorizer.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  public static jwt(options: JwtAuthorizationOptions): ApiAuthorization {
    checkOptionsOf('AUTHORIZATION', 'ApiAuthorization.jwt', options, JWT_OPTIONS);
    return new Authorization({ kind: 'jwt', issuer: options.issuer, audience: options.audience, scopes: options.scopes ?? [] });
  }

  /**
   * Callers send a token from an Amazon Cognito user pool in the Authorization header.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
   */
  public static cognito(userPool: IUserPool, options: CognitoAuthorizationOptions = {}): ApiAuthorization {
    checkProp('AUTHORIZATION', 'userPool', userPool, aUserPool);
    checkOptionsOf('AUTHORIZATION', 'ApiAuthorization.cognito', options, COGNITO_OPTIONS);
    return new Authorization({ kind: 'cognito', userPool, clients: options.userPoolClients ?? [], scopes: options.scopes ?? [] });
  }

  /**
   * A Lambda function authorizes each request based on its headers, query string, and route (a `REQUEST` authorizer).
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
   */
  public static lambdaAuthorizer(handler: IFunction, options: LambdaAuthorizationOptions = {}): ApiAuthorization {
    checkProp('AUTHORIZATION', 'handler', handler, aFunction);
    checkOptionsOf('AUTHORIZATION', 'ApiAuthorization.lambdaAuthorizer', options, LAMBDA_OPTIONS);
    const { cache = DEFAULT_AUTHORIZER_CACHE, identity, simpleResponses = false } = options;
    if ((cache.isUnresolved() || cache.toSeconds() > 0) && identity?.length === 0) {
      throw new LazyApiError(
        'AUTHORIZATION', 'identity must have at least one source while responses are cached, got []; add a source, '
          + 'or set cache to Duration.seconds(0)',
      );
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

/** Whether the function must require authorizer context in the event: only these authorizers provide it. */
export function leavesContext({ kind }: AuthorizationSpec): boolean {
  return kind === 'jwt' || kind === 'cognito' || kind === 'lambda';
}
