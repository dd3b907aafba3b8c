import type { CognitoAuthorizationOptions, JwtAuthorizationOptions, LambdaAuthorizationOptions } from './authorization-options';
import { aBoolean, aList, aString, having, listOf, must, objectOf, optional } from '../private/check';
import { aDurationOf, all, aNonEmptyString, aStringOfLength, aStringThatIs } from '../private/limits';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
const ISSUER_MAX_LENGTH = 2048;
const MOST_CACHE_SECONDS = 3600;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const SCOPE_MAX_LENGTH = 64;

const SCOPES = listOf(aStringOfLength(1, SCOPE_MAX_LENGTH));

/** API Gateway finds the keys through `ISSUER/.well-known/openid-configuration`. */
const anIssuer = all(
  aStringThatIs('the https:// URL below which the issuer\'s keys are found', (value) => /^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(value)),
  aStringOfLength(1, ISSUER_MAX_LENGTH),
);

const anAudience = all(
  aList,
  must(
    'a list of at least one entry: without it, tokens that the issuer issued for anybody else would do',
    (value) => (value as unknown[]).length > 0,
  ),
  listOf(aNonEmptyString),
);

export const JWT_OPTIONS = objectOf<JwtAuthorizationOptions>({ issuer: anIssuer, audience: anAudience, ...optional({ scopes: SCOPES }) });

export const COGNITO_OPTIONS = objectOf<CognitoAuthorizationOptions>(optional({
  userPoolClients: listOf(having('userPoolClientId', 'an IUserPoolClient')),
  scopes: SCOPES,
}));

export const LAMBDA_OPTIONS = objectOf<LambdaAuthorizationOptions>(optional({
  cache: aDurationOf('seconds', 0, MOST_CACHE_SECONDS),
  identity: listOf(aString),
  simpleResponses: aBoolean,
}));

export const aUserPool = having('userPoolArn', 'an IUserPool');
export const aFunction = having('functionArn', 'an IFunction');
