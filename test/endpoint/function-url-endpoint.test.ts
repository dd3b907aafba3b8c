import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ApiAuthorization, ApiEndpoint, FunctionUrlEndpoint, FunctionUrlEndpointOptions, LazyApiFunctionProps } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

function create(options: FunctionUrlEndpointOptions = {}, props: Partial<LazyApiFunctionProps> = {}, stack = newStack({}, newAppWithoutBundling())) {
  return newApi({ routers: routersAt(['/users']), endpoint: ApiEndpoint.functionUrl(options), ...props }, stack);
}

const synthesise = (...args: Parameters<typeof create>) => Template.fromStack(Stack.of(create(...args)));

test('by default, callers must sign their requests, and no resource-based permission exists', () => {
  const template = synthesise();
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM', InvokeMode: 'BUFFERED' });
  template.resourceCountIs('AWS::Lambda::Permission', 0);
  for (const type of ['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi']) template.resourceCountIs(type, 0);
});

test('with ApiAuthorization.none(), every caller has permission to invoke the function', () => {
  const template = synthesise({ authorization: ApiAuthorization.none() });
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map(({ Properties: { Action, Principal, FunctionUrlAuthType, InvokedViaFunctionUrl } }) => ({ Action, Principal, FunctionUrlAuthType, InvokedViaFunctionUrl }));
  expect(permissions).toContainEqual({ Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE', InvokedViaFunctionUrl: undefined });
  // Since October 2025, a function URL needs both permissions: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  expect(permissions).toContainEqual({ Action: 'lambda:InvokeFunction', Principal: '*', FunctionUrlAuthType: undefined, InvokedViaFunctionUrl: true });
});

test('with streaming, the function URL streams responses', () => {
  synthesise({ streaming: true }).hasResourceProperties('AWS::Lambda::Url', { InvokeMode: 'RESPONSE_STREAM' });
});

test('the function URL responds to preflight requests itself', () => {
  synthesise({ cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true, maxAge: Duration.hours(1) } }).hasResourceProperties('AWS::Lambda::Url', {
    Cors: {
      AllowOrigins: ['https://app.example.com'], AllowCredentials: true, MaxAge: 3600,
      AllowMethods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'], AllowHeaders: Match.arrayWith(['Authorization', 'Content-Type']),
    },
  });
  expect(() => create({ cors: { allowOrigins: ['*'], allowCredentials: true } })).toThrow(/cors\.allowOrigins must not contain a wildcard/);
});

test.each([ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: ['a'] })])('other authorizations are refused, and the error names the alternative', (authorization) => {
  expect(() => create({ authorization })).toThrow(/TestStack\/Api: authorization: a function URL supports only ApiAuthorization\.iam\(\) and ApiAuthorization\.none\(\), got jwt; use ApiEndpoint\.http/);
});

test('the longest function timeout causes no warning', () => {
  const stack = newStack({}, newAppWithoutBundling());
  create({}, { timeout: Duration.minutes(15) }, stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});

test('the endpoint has a URL, no routes, and Lambda metrics, and grantInvoke allows calls', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const api = create({}, {}, stack);
  api.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
  const template = Template.fromStack(stack);
  template.hasOutput('*', { Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('FunctionUrl'), 'FunctionUrl'] } });
  template.hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^Caller') }], PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'lambda:InvokeFunctionUrl' })]) } });
  expect(api.endpoint.routes).toEqual([]);
  const { metrics } = api.endpoint as FunctionUrlEndpoint;
  expect(metrics.requests().dimensions).toEqual({ FunctionName: api.function.functionName });
  expect([metrics.requests(), metrics.clientErrors(), metrics.serverErrors(), metrics.latency()].map(({ namespace, metricName }) => `${namespace} ${metricName}`)).toEqual([
    'AWS/Lambda UrlRequestCount', 'AWS/Lambda Url4xxCount', 'AWS/Lambda Url5xxCount', 'AWS/Lambda UrlRequestLatency',
  ]);
});
