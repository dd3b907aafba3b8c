import { Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Inputs, KNOWN, listToken, MIXED, numberToken, Options, Row, stringToken } from './inputs';
import { ApiEndpoint } from '../../lib';

const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));

const ORIGINS = {
  valid: [['*'], ['https://app.example.com'], ['http://localhost:3000', 'https://[::1]:8443'], ['capacitor://localhost', 'chrome-extension://abcdef']],
  invalid: [
    [[], /cors\.allowOrigins must be a list of at least one origin/],
    [['*', 'https://a.example'], /cors\.allowOrigins must be only "\*"/],
    [['https://*.example.com'], /cors\.allowOrigins\[0\] must be an origin without "\*" in it: .*list each origin, or allow all with "\*" alone/],
    [['*.example.com'], /must be an origin without "\*" in it/],
    [['https://App.example.com'], /must be an origin as browsers send it/],
    [['https://app.example.com:443'], /must be an origin as browsers send it/],
    [['https://bücher.example'], /must be an origin as browsers send it/],
    [['https://a.example/x'], /must be an origin as browsers send it/],
    [['https://a.example"'], /must be an origin as browsers send it/],
    [['app.example.com'], /must be an origin as browsers send it/],
    [['null'], /must be an origin as browsers send it/],
    [[5], /cors\.allowOrigins\[0\] must be a string/],
  ] as Array<[unknown, RegExp]>,
};

const HEADERS = {
  valid: [[], ['*'], ['X-A', 'x-b.c_d']],
  invalid: [[[''], /\[0\] must be the name of a header/], [['X A'], /\[0\] must be the name of a header, or "\*", got "X A"/], [['X-\'A'], /must be the name of a header/], [[...listToken, 'X-A'], MIXED]] as Array<[unknown, RegExp]>,
};

const cors = (at: string, create: (cors: Options) => ApiEndpoint, rows: { readonly [prop: string]: Row }): Inputs => ({
  of: 'ApiCorsOptions',
  at,
  code: 'CORS',
  create: (options) => ({ endpoint: create({ cors: options } as Options) }),
  base: () => ({ allowOrigins: ['https://app.example.com'] }),
  rows: () => ({
    allowOrigins: { ...ORIGINS, token: [[stringToken], 'accepted'] },
    allowMethods: {
      valid: [['GET'], ['*'], ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE']],
      invalid: [[['get'], /allowMethods\[0\] must be one of GET, .* got "get"/], [['TRACE'], /must be one of GET/], [[], /allowMethods must be a list of/], [['*', 'GET'], /must be "\*" alone/]],
      token: [listToken, 'accepted'],
    },
    allowHeaders: { ...HEADERS, token: [listToken, 'accepted'] },
    exposeHeaders: { ...HEADERS, token: [listToken, 'accepted'] },
    allowCredentials: { valid: [true, false] },
    maxAge: {
      valid: [Duration.seconds(0), Duration.days(1)],
      invalid: [[Duration.seconds(86_401), /cors\.maxAge must be a Duration in whole seconds, from 0 to 86400, got 1 day 1 second/], [Duration.millis(500), /got 500 millis/]],
      token: [Duration.seconds(numberToken), KNOWN],
    },
    ...rows,
  }),
});

const ofFunctionUrls = (row: Row, tooMany: unknown[], tooLong: unknown[], edges: unknown[]): Row => ({
  ...row,
  valid: [...row.valid, ...edges],
  invalid: [...row.invalid ?? [], [tooMany, /must be a list of \d to 100, got a list of 101/], [tooLong, /\[0\] must be a string of 1 to \d+ characters/]],
});

const listUnknown = /cors\.\w+ must be a list that is known at synthesis, got a token/;

const newCertificate = (stack: Stack) => Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/c');

const domain = (at: string, create: (options: Options) => ApiEndpoint): Inputs => ({
  of: 'ApiDomainOptions',
  at,
  code: 'DOMAIN',
  create: (options) => ({ endpoint: create({ domain: options } as Options) }),
  base: (stack) => ({ domainName: 'api.example.com', certificate: newCertificate(stack) }),
  rows: (stack) => ({
    domainName: {
      valid: ['a.io', '*.example.com', 'xn--bcher-kva.example', `${'a.'.repeat(125)}com`],
      invalid: ['https://api.example.com', 'api.example.com:443', 'api.example.com/v1', 'Api.example.com', 'api example.com', 'api_x.example.com', 'localhost', 'a..b', 'api.example.com.', '', `${'a.'.repeat(126)}com`]
        .map((name) => [name, /domain\.domainName must be a lowercase domain name, like "api\.example\.com", without a scheme, port, or path/]),
      token: [stringToken, 'accepted'],
    },
    certificate: { valid: [Certificate.fromCertificateArn(stack, 'Other', 'arn:aws:acm:eu-central-1:123456789012:certificate/d')] },
    hostedZone: {
      valid: [
        HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z', zoneName: 'example.com' }),
        HostedZone.fromHostedZoneAttributes(stack, 'Same', { hostedZoneId: 'Z', zoneName: 'api.example.com.' }),
        HostedZone.fromHostedZoneAttributes(stack, 'Later', { hostedZoneId: 'Z', zoneName: stringToken }),
        HostedZone.fromHostedZoneId(stack, 'ById', 'Z'),
      ],
      invalid: ['example.org', 'ample.com', 'v1.api.example.com'].map((zoneName) => [
        HostedZone.fromHostedZoneAttributes(stack, zoneName, { hostedZoneId: 'Z', zoneName }),
        /domain\.hostedZone must be the zone of "api\.example\.com" or of a parent domain, got the zone/,
      ]),
    },
    basePath: {
      valid: ['v', 'clinic/v1', 'x'.repeat(300)],
      invalid: [['/v1', /domain\.basePath must be a path without leading or trailing slashes/], ['', /basePath must be/], ['a b', /basePath must be/], ['x'.repeat(301), /basePath must be a string of 1 to 300 characters/]],
      token: [stringToken, 'accepted'],
    },
    disableExecuteApiEndpoint: { valid: [true, false] },
    mutualTls: { valid: [{ bucket: new Bucket(stack, 'Truststore'), key: 'a.pem' }], invalid: [[{}, /domain\.mutualTls\.bucket must be an IBucket/]] },
  }),
});

export const CORS_AND_DOMAIN: readonly Inputs[] = [
  cors('http', (options) => ApiEndpoint.http(options), {
    allowOrigins: { valid: [...ORIGINS.valid, ['https://*']], invalid: ORIGINS.invalid, token: [listToken, 'accepted'] },
    allowMethods: { valid: [['OPTIONS']], token: [listToken, 'accepted'] },
  }),
  cors('rest', (options) => ApiEndpoint.rest(options), {
    allowOrigins: { valid: ORIGINS.valid, invalid: [...ORIGINS.invalid, [['https://*'], /must be an origin without/]], token: [[stringToken], /must be known at synthesis, got a token: behind a REST API/] },
    allowMethods: { valid: [['OPTIONS'], [stringToken]], token: [listToken, listUnknown] },
    allowHeaders: { ...HEADERS, token: [listToken, listUnknown] },
    exposeHeaders: { ...HEADERS, token: [listToken, /must be known at synthesis, got a token: behind a REST API/] },
  }),
  cors('functionUrl', (options) => ApiEndpoint.functionUrl(options), {
    allowOrigins: {
      ...ofFunctionUrls(ORIGINS, many(101, (i) => `https://a${i}.example`), [`https://${'a.'.repeat(123)}`], [many(100, (i) => `https://a${i}.example`), [`https://${'a'.repeat(245)}`]]),
      token: [listToken, 'accepted'],
    },
    allowMethods: { valid: [['*']], invalid: [[['OPTIONS'], /allowMethods\[0\] must be one of GET, HEAD, PUT, PATCH, POST, DELETE, \*, got "OPTIONS"/]], token: [listToken, 'accepted'] },
    allowHeaders: { ...ofFunctionUrls(HEADERS, many(101, (i) => `X-${i}`), ['X'.repeat(1025)], [many(100, (i) => `X-${i}`), ['X'.repeat(1024)]]), token: [listToken, 'accepted'] },
    exposeHeaders: { ...ofFunctionUrls(HEADERS, many(101, (i) => `X-${i}`), ['X'.repeat(1025)], [many(100, (i) => `X-${i}`)]), token: [listToken, 'accepted'] },
  }),
  domain('http', (options) => ApiEndpoint.http(options)),
  domain('rest', (options) => ApiEndpoint.rest(options)),
  {
    of: 'MutualTlsOptions',
    code: 'DOMAIN',
    create: (mutualTls, stack) => ({ endpoint: ApiEndpoint.http({ domain: { domainName: 'api.example.com', certificate: newCertificate(stack), mutualTls } }) }),
    base: (stack) => ({ bucket: new Bucket(stack, 'Truststore'), key: 'a.pem' }),
    rows: (stack) => ({
      bucket: {
        valid: [new Bucket(stack, 'Other'), Bucket.fromBucketName(stack, 'Imported', 'truststore')],
        invalid: [[new CfnBucket(stack, 'Level1'), /mutualTls\.bucket must be an IBucket, got an instance of CfnBucket/], [{ bucketName: 'x' }, /must be an IBucket, got an object/]],
      },
      key: { valid: ['a', 'x'.repeat(1024)], invalid: [['', /mutualTls\.key must be a string of 1 to 1024/], ['x'.repeat(1025), /mutualTls\.key must be/]], token: [stringToken, 'accepted'] },
      version: { valid: ['1', 'x'.repeat(64)], invalid: [['', /mutualTls\.version must be a string of 1 to 64/], ['x'.repeat(65), /mutualTls\.version must be/]], token: [stringToken, 'accepted'] },
    }),
  },
];
