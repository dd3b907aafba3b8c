import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { authorizationsOf, CfnMethod, methodsOf, restTemplate } from './support';
import { ApiCorsOptions } from '../../../lib';

const ONE: ApiCorsOptions = { allowOrigins: ['https://app.example.com'], allowCredentials: true, maxAge: Duration.minutes(10) };
const TWO: ApiCorsOptions = { allowOrigins: ['https://a.example', 'https://b.example'] };
const ALL: ApiCorsOptions = { allowOrigins: ['*'] };

interface Mock {
  readonly ContentHandling: string;
  readonly IntegrationResponses: ReadonlyArray<{ readonly ResponseParameters: { readonly [name: string]: string }; readonly ResponseTemplates?: { readonly [type: string]: string } }>;
}

function preflightOf(cors: ApiCorsOptions): { readonly method: CfnMethod; readonly mock: Mock; readonly headers: { readonly [name: string]: string } } {
  const method = methodsOf(restTemplate({ cors }))['OPTIONS /api/users/{proxy+}'];
  const mock = method.Integration as unknown as Mock;
  const headers = Object.entries(mock.IntegrationResponses[0].ResponseParameters).map(([name, value]) => [name.replace('method.response.header.', ''), value]);
  return { method, mock, headers: Object.fromEntries(headers) };
}

const gatewayHeaders = (template: Template) => Object.fromEntries(Object.values(template.findResources('AWS::ApiGateway::GatewayResponse'))
  .map(({ Properties }) => [Properties.ResponseType, Properties.ResponseParameters]));

test('API Gateway responds to preflight requests without authorization, API key, or function; other requests need authorization', () => {
  expect(authorizationsOf(restTemplate({ cors: ONE }))).toEqual({
    'ANY /api/orders': 'AWS_IAM', 'ANY /api/orders/{proxy+}': 'AWS_IAM', 'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM',
    'OPTIONS /api/orders': 'NONE', 'OPTIONS /api/orders/{proxy+}': 'NONE', 'OPTIONS /api/users': 'NONE', 'OPTIONS /api/users/{proxy+}': 'NONE',
  });
  expect(preflightOf(ONE).method).toMatchObject({
    ApiKeyRequired: false,
    // Preflight responses must be text although all other media types are binary. Otherwise API Gateway responds with 500.
    Integration: {
      Type: 'MOCK', ContentHandling: 'CONVERT_TO_TEXT', PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': '{"statusCode":204}' },
      IntegrationResponses: [{ StatusCode: '204', ContentHandling: 'CONVERT_TO_TEXT' }],
    },
  });
});

test('the preflight response has no Access-Control-Allow-Headers if allowHeaders is empty', () => {
  expect(preflightOf({ ...ONE, allowHeaders: [] }).headers).not.toHaveProperty('Access-Control-Allow-Headers');
});

test('without CORS, no OPTIONS method exists', () => {
  expect(Object.keys(methodsOf(restTemplate())).filter((route) => route.startsWith('OPTIONS'))).toEqual([]);
});

test.each<[string, ApiCorsOptions, { readonly [name: string]: string }]>([
  ['one origin, with credentials', ONE, {
    'Access-Control-Allow-Origin': "'https://app.example.com'", 'Access-Control-Allow-Credentials': "'true'", 'Access-Control-Max-Age': "'600'", 'Vary': "'Origin'",
  }],
  ['all origins', ALL, { 'Access-Control-Allow-Origin': "'*'" }],
  ['several origins', TWO, { 'Access-Control-Allow-Origin': "'https://a.example'", 'Vary': "'Origin'" }],
])('the preflight response names %s', (_, cors, expected) => {
  const { headers, method } = preflightOf(cors);
  expect(headers).toEqual({
    'Access-Control-Allow-Methods': "'GET,HEAD,PUT,PATCH,POST,DELETE'",
    'Access-Control-Allow-Headers': "'Authorization,Content-Type,X-Api-Key,X-Amz-Date,X-Amz-Security-Token,X-Amz-User-Agent'",
    ...expected,
  });
  const [{ ResponseParameters }] = (method as unknown as { readonly MethodResponses: ReadonlyArray<{ readonly ResponseParameters: object }> }).MethodResponses;
  expect(Object.keys(ResponseParameters)).toEqual(Object.keys(headers).map((name) => `method.response.header.${name}`));
});

/** Evaluates the Velocity template of the response, as far as these tests need it. */
function answeredOrigin(cors: ApiCorsOptions, origin: string): string {
  const { mock, headers } = preflightOf(cors);
  const template = mock.IntegrationResponses[0].ResponseTemplates?.['application/json'] ?? '';
  const condition = /#if\((\$origin == .*)\)#set\(\$context\.responseOverride\.header\.Access-Control-Allow-Origin = \$origin\)#end$/.exec(template)?.[1] ?? '';
  const matches = condition.split(' || ').some((part) => part === `$origin == "${origin}"`);
  return matches ? origin : headers['Access-Control-Allow-Origin'].slice(1, -1);
}

test('the preflight response names the origin of the request if it is one of several allowed origins', () => {
  expect(answeredOrigin(TWO, 'https://a.example')).toBe('https://a.example');
  expect(answeredOrigin(TWO, 'https://b.example')).toBe('https://b.example');
  expect(answeredOrigin(TWO, 'https://evil.example')).toBe('https://a.example');
});

test('errors of API Gateway itself have CORS headers if there is one origin or all origins are allowed', () => {
  const origin = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" };
  expect(gatewayHeaders(restTemplate({ cors: ONE }))).toEqual({ MISSING_AUTHENTICATION_TOKEN: origin, DEFAULT_4XX: origin, DEFAULT_5XX: origin });
  expect(gatewayHeaders(restTemplate({ cors: ALL })).DEFAULT_4XX).toEqual({ 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" });
  expect(gatewayHeaders(restTemplate({ cors: TWO }))).toEqual({ MISSING_AUTHENTICATION_TOKEN: undefined });
  expect(gatewayHeaders(restTemplate())).toEqual({ MISSING_AUTHENTICATION_TOKEN: undefined });
});
