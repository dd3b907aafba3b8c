import { Duration, Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Inputs, listToken, MIXED, numberToken, Row, stringToken } from './inputs';
import { ApiAuthorization, ApiEndpoint } from '../../lib';

const http = (authorization: ApiAuthorization) => ({ endpoint: ApiEndpoint.http({ authorization }) });

const scopes: Row = {
  valid: [[], ['s'], ['x'.repeat(64)]],
  invalid: [[[''], /scopes\[0\] must be a string of 1 to 64 characters, got ""/], [['x'.repeat(65)], /scopes\[0\] must be a string of 1 to 64/], [['s', ...listToken], MIXED]],
  token: [listToken, 'accepted'],
};

const newPool = (stack: Stack, id = 'Pool') => new UserPool(stack, id);
const newClient = (stack: Stack, id = 'Client') => new UserPoolClient(stack, id, { userPool: newPool(stack, `${id}Pool`) });
const newHandler = (stack: Stack): IFunction => LambdaFunction.fromFunctionArn(stack, 'Authorizer', 'arn:aws:lambda:eu-central-1:123456789012:function:authorizer');

export const AUTHORIZATIONS: readonly Inputs[] = [
  {
    of: 'JwtAuthorizationOptions',
    code: 'AUTHORIZATION',
    create: (options) => http(ApiAuthorization.jwt(options)),
    base: () => ({ issuer: 'https://issuer.example', audience: ['a'] }),
    rows: () => ({
      issuer: {
        valid: ['https://i', 'https://issuer.example:8443/tenant/', `https://${'x'.repeat(2040)}`, 'https://issuer.example.', 'https://a/@b',
          `${stringToken}/tenant`, `https://${stringToken}`, `https://cognito-idp.${stringToken}.amazonaws.com/x`, `https://issuer.example:${stringToken}/x`, `https://i/${stringToken}`],
        invalid: [...['https://', 'https:///x', 'http://issuer.example', 'issuer.example', 'https://a b', 'https://a?b=c', '',
          'https://:443', 'https://..', 'https://a..b', 'https://x:99999', 'https://%', 'https://a\0b', 'https://a/\0', ' https://a', 'https://a/b c', 'https://user:secret@a', 'https:\\\\a',
          `http://${stringToken}`, `issuer-${stringToken}`, `https:///${stringToken}`, `https://x:99999/${stringToken}`, `https://${stringToken}/a b`, `https://${stringToken}?a=b`].map((issuer): [string, RegExp] => [
          issuer, /ApiAuthorization\.jwt: issuer must be the https:\/\/ URL of the issuer, below which/,
        ]), [`https://${'x'.repeat(2041)}`, /issuer must be a string of 1 to 2048 characters/]],
        token: [stringToken, 'accepted'],
      },
      audience: {
        valid: [['a'], ['a', stringToken], [`${stringToken} `]],
        invalid: [[[], /audience must be a list of at least one entry/], [[''], /audience\[0\] must be a string that is not blank, got ""/], [[' \t'], /audience\[0\] must be a string that is not blank/], [[...listToken, 'a'], MIXED]],
        token: [listToken, 'accepted'],
      },
      scopes,
    }),
  },
  {
    of: 'CognitoAuthorizationOptions',
    code: 'AUTHORIZATION',
    create: (options, stack) => http(ApiAuthorization.cognito(newPool(stack), options)),
    base: (stack) => ({ userPoolClients: [newClient(stack)] }),
    rows: (stack) => ({
      userPoolClients: { valid: [[newClient(stack, 'Other')]], invalid: [[[{}], /userPoolClients\[0\] must be an IUserPoolClient/], [[], /set userPoolClients/]] },
      scopes,
    }),
  },
  {
    of: 'ApiAuthorization.cognito',
    code: 'AUTHORIZATION',
    create: ({ userPool }: { userPool: never }) => ({ endpoint: ApiEndpoint.rest({ authorization: ApiAuthorization.cognito(userPool) }) }),
    rows: (stack) => ({ userPool: { valid: [newPool(stack)] } }),
  },
  {
    of: 'ApiAuthorization.lambdaAuthorizer',
    code: 'AUTHORIZATION',
    create: ({ handler }: { handler: never }) => http(ApiAuthorization.lambdaAuthorizer(handler)),
    rows: (stack) => ({ handler: { valid: [newHandler(stack)] } }),
  },
  ...['http', 'rest'].map((at): Inputs => ({
    of: 'LambdaAuthorizationOptions',
    at,
    code: 'AUTHORIZATION',
    create: (options, stack) => {
      const authorization = ApiAuthorization.lambdaAuthorizer(newHandler(stack), options);
      return at === 'http' ? http(authorization) : { endpoint: ApiEndpoint.rest({ authorization }) };
    },
    rows: () => ({
      cache: {
        valid: [Duration.seconds(0), Duration.hours(1)],
        invalid: [
          [Duration.seconds(3601), /cache must be a Duration in whole seconds, from 0 to 3600, got 1 hour 1 second/], [Duration.millis(1500), /got 1 second 500 millis/],
          [Duration.minutes(numberToken), /got a token in minutes/],
        ],
        token: [Duration.seconds(numberToken), 'accepted'],
      },
      identity: {
        valid: [[at === 'http' ? '$request.header.X' : 'method.request.header.X'], [at === 'http' ? '$context.routeKey' : 'context.httpMethod', stringToken], listToken],
        invalid: [[[], /identity must have at least one source/], [['X'], /identity must use the syntax of/], [[5], /identity\[0\] must be a string/], [[`X${stringToken}`], /identity must use the syntax of/], [[...listToken, 'X'], MIXED]],
        token: [[stringToken], 'accepted'],
      },
      simpleResponses: { valid: at === 'http' ? [true, false] : [false] },
    }),
  })),
];

