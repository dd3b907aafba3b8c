import { Aws, Duration, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { ApiKey, MethodLoggingLevel, Period, RestApi, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Inputs, KNOWN, listToken, numberToken, Options, Row, stringToken } from './inputs';
import { ApiAuthorization, ApiEndpoint, ApiWebAcl } from '../../lib';

const chars = (length: number) => 'x'.repeat(length);

const NAMES = /must be at most 128 letters|must be "\$default", or at most 128 letters/;

const THROTTLE: Row = {
  valid: [{ rateLimit: 0, burstLimit: 0 }, { rateLimit: 0.5 }, { burstLimit: 1 }, { rateLimit: numberToken, burstLimit: numberToken }] satisfies ThrottleSettings[],
  invalid: [
    [{ rateLimit: -1 }, /throttle\.rateLimit must be a number of at least 0, got -1/],
    [{ rateLimit: NaN }, /throttle\.rateLimit must be a number of at least 0, got NaN/],
    [{ burstLimit: 1.5 }, /throttle\.burstLimit must be a whole number of at least 0, got 1\.5/],
    [{ burstLimit: '5' }, /throttle\.burstLimit must be a whole number of at least 0, got "5"/],
    [{}, /throttle must be an object with rateLimit, burstLimit or both/],
  ],
};

const BOOLEAN: Row = { valid: [true, false] };

const ROUTES: Row = {
  code: 'ENDPOINT_OPTION|ROUTE_OPTION|ROUTE_UNMATCHED',
  valid: [{}, { '/users': {} }, { '/users': { authorization: undefined } }],
  invalid: [[{ '/user': {} }, /must be the prefix of a router/], [{ '/users': undefined }, /routes\["\/users"\] must be an object, got undefined/]],
};

const AUTHORIZATION: Row = { valid: [ApiAuthorization.iam(), ApiAuthorization.none()] };

const http = (options: Options) => ({ endpoint: ApiEndpoint.http(options) });
const rest = (options: Options) => ({ endpoint: ApiEndpoint.rest(options) });

/** Options of HTTP APIs and REST APIs, which differ in the maximum length of the name. */
const gateway = (at: string, create: Inputs['create'], nameLength: number): Inputs => ({
  of: 'ApiGatewayEndpointOptions',
  at,
  code: 'ENDPOINT_OPTION',
  create,
  rows: (stack) => ({
    authorization: AUTHORIZATION,
    routes: ROUTES,
    apiName: {
      valid: ['x', chars(nameLength)],
      invalid: [['', new RegExp(`apiName must be a string of 1 to ${nameLength} characters, got ""`)], [chars(nameLength + 1), /got "x+"\.\.\. \(\d+ characters\)/]],
      token: [stringToken, 'accepted'],
    },
    description: {
      valid: ['', chars(1024)],
      invalid: [[chars(1025), /description must be a string of 0 to 1024 characters/]],
      token: [stringToken, 'accepted'],
    },
    throttle: THROTTLE,
    accessLogGroup: { valid: [new LogGroup(stack, 'Ours')] },
    cors: { code: 'ENDPOINT_OPTION|CORS', valid: [{ allowOrigins: ['*'] }], invalid: [[{}, /cors\.allowOrigins must be a list, got undefined/]] },
    domain: { code: 'ENDPOINT_OPTION|DOMAIN', valid: [], invalid: [[{}, /domain\.domainName must be a lowercase domain name/]] },
  }),
});

const stageName = (most: readonly string[]): Row => ({ code: 'STAGE_NAME', valid: most, invalid: [['', NAMES], ['v1/a', NAMES], [chars(129), NAMES]], token: [stringToken, KNOWN] });

const integrationTimeout: Row = {
  code: 'INTEGRATION_TIMEOUT',
  valid: [Duration.millis(50), Duration.minutes(5)],
  invalid: [[Duration.millis(49), /integrationTimeout must be a Duration in whole milliseconds, at least 50, got 49 millis/], [Duration.seconds(numberToken), /got a token in seconds/]],
  token: [Duration.millis(numberToken), 'accepted'],
};

const routeOptions = (at: string, create: (route: object) => ApiEndpoint, rows: { readonly [prop: string]: Row }): Inputs => ({
  of: 'RouteOptions', at, code: 'ROUTE_OPTION', create: (options) => ({ endpoint: create({ '/users': options }) }), rows: () => rows,
});

const newHttpApi = (stack: Stack) => new HttpApi(stack, 'Existing');
const newRestApi = (stack: Stack) => new RestApi(stack, 'Existing');

export const ENDPOINTS: readonly Inputs[] = [
  gateway('http', http, 128),
  gateway('rest', rest, 1024),
  { of: 'HttpApiEndpointOptions', code: 'STAGE_NAME', create: http, rows: () => ({ stageName: stageName(['$default', 'v', chars(128)]) }) },
  {
    of: 'RestApiEndpointOptions',
    code: 'ENDPOINT_OPTION',
    create: rest,
    rows: (stack) => ({
      stageName: stageName(['v', chars(128)]),
      vpcEndpoints: { code: 'ENDPOINT_OPTION|VPC_ENDPOINTS', valid: [[InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 })]], invalid: [[[], /vpcEndpoints must name at least one endpoint/], [[{}], /vpcEndpoints\[0\] must be an IVpcEndpoint/]] },
      webAcl: { valid: [ApiWebAcl.managedRules()] },
      usagePlan: { valid: [{}] },
      executionLogLevel: { valid: [...Object.values(MethodLoggingLevel)], invalid: [['DEBUG', /executionLogLevel must be one of "OFF", "ERROR", "INFO", got "DEBUG"/]] },
      cloudWatchRole: BOOLEAN,
      tracing: BOOLEAN,
      streaming: BOOLEAN,
      integrationTimeout,
    }),
  },
  {
    of: 'ApiUsagePlanOptions',
    code: 'USAGE_PLAN',
    create: (usagePlan) => rest({ usagePlan } as Options),
    rows: (stack) => ({
      throttle: THROTTLE,
      quota: {
        valid: [
          { limit: 0, period: Period.DAY }, { limit: 1, offset: 0, period: Period.DAY }, { limit: 1, offset: 6, period: Period.WEEK }, { limit: 1, offset: 27, period: Period.MONTH },
          { limit: numberToken, period: Period.DAY },
        ],
        invalid: [
          [{ limit: -1, period: Period.DAY }, /usagePlan\.quota\.limit must be a whole number of at least 0, got -1/],
          [{ limit: 1 }, /quota\.period must be one of "DAY", "WEEK", "MONTH", got undefined/],
          [{ limit: 1, offset: 1, period: Period.DAY }, /quota\.offset with the period DAY must be a whole number from 0 to 0, got 1/],
          [{ limit: 1, offset: 7, period: Period.WEEK }, /from 0 to 6, got 7/],
          [{ limit: 1, offset: 28, period: Period.MONTH }, /from 0 to 27, got 28/],
        ],
      },
      apiKeys: { valid: [[], [new ApiKey(stack, 'Key')]], invalid: [[[{}], /apiKeys\[0\] must be an IApiKey, got an object/], [['hunter2'], /apiKeys\[0\] must be an IApiKey, got a string$/]] },
    }),
  },
  routeOptions('http', (routes) => ApiEndpoint.http({ routes } as Options), { authorization: AUTHORIZATION, throttle: THROTTLE }),
  routeOptions('rest', (routes) => ApiEndpoint.rest({ routes } as Options), { authorization: AUTHORIZATION, throttle: THROTTLE, apiKeyRequired: BOOLEAN }),
  {
    of: 'ExistingHttpApiOptions',
    code: 'ENDPOINT_OPTION',
    create: (options, stack) => ({ endpoint: ApiEndpoint.fromHttpApi(newHttpApi(stack), options) }),
    rows: () => ({ authorization: AUTHORIZATION, routes: ROUTES, preflight: BOOLEAN, stageName: stageName(['$default', 'v', chars(128)]) }),
  },
  {
    of: 'ExistingRestApiOptions',
    code: 'ENDPOINT_OPTION',
    create: (options, stack) => ({ endpoint: ApiEndpoint.fromRestApi(newRestApi(stack), options) }),
    rows: () => ({
      authorization: AUTHORIZATION, routes: ROUTES, cors: { valid: [{ allowOrigins: ['*'] }] }, streaming: BOOLEAN, integrationTimeout, stageName: stageName(['v', chars(128)]),
    }),
  },
  {
    of: 'FunctionUrlEndpointOptions',
    code: 'ENDPOINT_OPTION',
    create: (options) => ({ endpoint: ApiEndpoint.functionUrl(options) }),
    rows: () => ({ authorization: AUTHORIZATION, cors: { valid: [{ allowOrigins: ['*'] }] }, streaming: BOOLEAN }),
  },
  { of: 'ApiEndpoint.fromHttpApi', code: 'HTTP_API', create: ({ api }: { api: never }) => ({ endpoint: ApiEndpoint.fromHttpApi(api) }), rows: (stack) => ({ api: { valid: [newHttpApi(stack)] } }) },
  { of: 'ApiEndpoint.fromRestApi', code: 'REST_API', create: ({ api }: { api: never }) => ({ endpoint: ApiEndpoint.fromRestApi(api) }), rows: (stack) => ({ api: { valid: [newRestApi(stack)] } }) },
  {
    of: 'ManagedRulesOptions',
    code: 'WEB_ACL',
    create: (options) => rest({ webAcl: ApiWebAcl.managedRules(options) } as Options),
    rows: (stack) => ({
      allowLargeBodies: BOOLEAN,
      logGroup: {
        valid: [
          new LogGroup(stack, 'Named', { logGroupName: 'aws-waf-logs-x' }),
          new LogGroup(stack, 'Later', { logGroupName: `aws-waf-logs-${stringToken}` }),
          new LogGroup(stack, 'Unknown', { logGroupName: stringToken }),
          LogGroup.fromLogGroupName(stack, 'Imported', 'aws-waf-logs-y'),
          ...[
            Fn.join('-', ['aws-waf-logs', Aws.REGION]), Fn.join('-', [Aws.REGION, 'x']), Fn.join('', ['aws-', Fn.sub('waf-logs-${AWS::Region}')]), Fn.join('', listToken),
            Fn.sub('aws-waf-logs-${AWS::Region}'), Fn.sub('${AWS::Region}'), Lazy.string({ produce: () => 'aws-waf-logs-z' }),
          ].map((logGroupName, i) => new LogGroup(stack, `Right${i}`, { logGroupName })),
          LogGroup.fromLogGroupArn(stack, 'ByArn', stringToken),
        ],
        invalid: [
          [new LogGroup(stack, 'Other', { logGroupName: 'x' }), /logGroup must have a name that begins with "aws-waf-logs-", got "x"/],
          [new LogGroup(stack, 'OtherLater', { logGroupName: `waf-${stringToken}` }), /got "waf-\.\.\."/],
          [new LogGroup(stack, 'Generated'), /logGroup must have a name that begins with "aws-waf-logs-", got a name that CloudFormation generates/],
          [LogGroup.fromLogGroupName(stack, 'OtherImported', 'waf'), /got "waf"/],
          ...([
            [Fn.join('-', ['x', Aws.REGION]), /got "x-\.\.\."/], [Fn.join('-', ['aws', 'logs', Aws.REGION]), /got "aws-logs-\.\.\."/], [Fn.join('', ['x', Fn.sub('y${AWS::Region}')]), /got "xy\.\.\."/],
            [Fn.sub('x-${AWS::Region}'), /got "x-\.\.\."/], [Lazy.string({ produce: () => 'nope' }), /got "nope"/],
          ] as const).map(([logGroupName, message], i): [unknown, RegExp] => [new LogGroup(stack, `Wrong${i}`, { logGroupName }), message]),
          [new CfnLogGroup(stack, 'Level1', { logGroupName: 'aws-waf-logs-x' }), /logGroup must be an ILogGroup, got an instance of CfnLogGroup/],
          [{ logGroupName: 'aws-waf-logs-x' }, /logGroup must be an ILogGroup, got an object/],
        ],
      },
    }),
  },
  {
    of: 'ApiWebAcl.fromWebAclArn',
    code: 'WEB_ACL',
    create: ({ webAclArn }: { webAclArn: never }) => rest({ webAcl: ApiWebAcl.fromWebAclArn(webAclArn) } as Options),
    rows: () => ({
      webAclArn: {
        valid: ['arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/n/i'],
        invalid: [['arn:aws:wafv2:us-east-1:123456789012:global/webacl/n/i', /webAclArn must be the ARN of a regional AWS WAF web ACL/]],
        token: [stringToken, 'accepted'],
      },
    }),
  },
];

