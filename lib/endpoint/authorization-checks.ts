import type { CognitoAuthorizationOptions, JwtAuthorizationOptions, LambdaAuthorizationOptions } from './authorization-options';
import { aBoolean, aList, aString, having, isToken, listOf, must, objectOf, optional, show } from '../private/check';
import { aDurationOf, all, aNonBlankString, aStringOfLength } from '../private/limits';
import { LiteralStart, literalStart, replaceTokens } from '../private/tokens';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
const ISSUER_MAX_LENGTH = 2048;
const MOST_CACHE_SECONDS = 3600;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const SCOPE_MAX_LENGTH = 64;

const SCOPES = listOf(aStringOfLength(1, SCOPE_MAX_LENGTH));

const SCHEME = 'https://';

/** Control characters, spaces, a query string, and a fragment. An issuer contains none of these, regardless of where its tokens are. */
const NOT_IN_ISSUER = /[\p{Cc}\s?#\\]/u;

/** API Gateway finds the keys through `ISSUER/.well-known/openid-configuration`. */
const anIssuer = all(
  must(
    'the https:// URL of the issuer, below which its public keys are',
    (value) => typeof value === 'string' && !NOT_IN_ISSUER.test(replaceTokens(value, '')) && mayBeIssuer(literalStart(value)),
    (value) => (typeof value === 'string' && isToken(value) ? `"${literalStart(value).text}..."` : show(value)),
  ),
  aStringOfLength(1, ISSUER_MAX_LENGTH),
);

/** Checks the text before the first token. A token may start with the scheme, or may contain the rest of the host. */
function mayBeIssuer({ text, isWhole }: LiteralStart): boolean {
  if (isWhole || text.indexOf('/', SCHEME.length) !== -1) return isIssuer(text);
  return SCHEME.startsWith(text) || /^https:\/\/[^/@]+$/.test(text);
}

function isIssuer(text: string): boolean {
  if (!/^https:\/\/[^/@]+(\/|$)/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname.replace(/\.$/, '').split('.').every((label) => label !== '');
}

const anAudience = all(
  aList,
  must(
    'a list of at least one entry: without one, the API would accept tokens that are issued for other audiences',
    (value) => (value as unknown[]).length > 0,
  ),
  listOf(aNonBlankString),
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
