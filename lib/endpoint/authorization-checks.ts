import type { CognitoAuthorizationOptions, JwtAuthorizationOptions, LambdaAuthorizationOptions } from './authorization-options';
import { aBoolean, aList, aString, having, listOf, must, optional, props } from '../private/check';
import { aDurationOf, aListOf, aText, aTextOf, all, someText } from '../private/limits';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
const ISSUER_MAX_LENGTH = 2048;
const MOST_CACHE_SECONDS = 3600;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const SCOPE_MAX_LENGTH = 64;

const SCOPES = listOf(aTextOf(1, SCOPE_MAX_LENGTH));

/** API Gateway looks for the keys at `ISSUER/.well-known/openid-configuration`. */
const anIssuer = all(
  aText('the https:// URL below which the issuer\'s keys are found', (value) => /^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(value)),
  aTextOf(1, ISSUER_MAX_LENGTH),
);

const anAudience = all(
  aList,
  must('a list of at least one entry: without it, tokens that the issuer issued for anybody else would do', (value) => (value as unknown[]).length > 0),
  listOf(someText),
);

export const JWT_OPTIONS = props<JwtAuthorizationOptions>({ issuer: anIssuer, audience: anAudience, ...optional({ scopes: SCOPES }) });

export const COGNITO_OPTIONS = props<CognitoAuthorizationOptions>(optional({
  userPoolClients: listOf(having('userPoolClientId', 'an IUserPoolClient')),
  scopes: SCOPES,
}));

export const LAMBDA_OPTIONS = props<LambdaAuthorizationOptions>(optional({
  cache: aDurationOf('seconds', 0, MOST_CACHE_SECONDS),
  identity: aListOf(aString, 0),
  simpleResponses: aBoolean,
}));

export const aUserPool = having('userPoolArn', 'an IUserPool');
export const aFunction = having('functionArn', 'an IFunction');
