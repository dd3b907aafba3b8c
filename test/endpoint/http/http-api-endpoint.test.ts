import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiAuthorization, ApiEndpoint, HttpApiEndpoint, HttpApiEndpointOptions, LazyApiFunction, LazyApiFunctionProps, Routers, Verify } from '../../../lib';
import { newApi, newStack, routersOf, USERS_AND_ORDERS } from '../../support/app';
import { handlerSource } from '../../support/project';

interface CfnTemplate {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties: { readonly RouteKey?: string } } };
}

function templateOf(options?: HttpApiEndpointOptions, props: Partial<LazyApiFunctionProps> = {}): Template {
  const api = newApi({ endpoint: options && ApiEndpoint.http(options), ...props });
  return Template.fromStack(Stack.of(api));
}

function routesOf(template: Template): { readonly [routeKey: string]: string } {
  return Object.fromEntries(Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]));
}

test('each prefix has two routes, which use IAM authorization by default', () => {
  expect(routesOf(templateOf())).toEqual({
    'ANY /api/orders': 'AWS_IAM', 'ANY /api/orders/{proxy+}': 'AWS_IAM', 'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM',
  });
});

test('routes are public only with ApiAuthorization.none()', () => {
  expect(new Set(Object.values(routesOf(templateOf({ authorization: ApiAuthorization.none() }))))).toEqual(new Set(['NONE']));
});

test('a router at the root has two routes as well', () => {
  const routers = routersOf({ 'src/routers/users.ts': handlerSource('users') }, '/');
  const entry = routers._declarations[0].entry;
  expect(Object.keys(routesOf(templateOf({}, { routers: Routers.fromMap({ '/': { entry }, '/a/{id}': { entry } }) }))))
    .toEqual(expect.arrayContaining(['ANY /', 'ANY /{proxy+}', 'ANY /a/{id}', 'ANY /a/{id}/{proxy+}']));
});

test('all routes share one integration, and one permission allows invocations by this API only', () => {
  const template = templateOf();
  template.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
  template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Join': ['', Match.arrayWith([':execute-api:', { Ref: Match.stringLikeRegexp('^ApiHttpApi') }, '/*/*/*'])] },
  });
});

test('adding a router changes only its own routes, the code, its version, and the lists of routers, wherever its name sorts', () => {
  const resources = (files: { readonly [file: string]: string }): CfnTemplate['Resources'] => templateOf({}, { routers: routersOf(files) }).toJSON().Resources;
  const before = resources(USERS_AND_ORDERS);
  const after = resources({ ...USERS_AND_ORDERS, 'src/routers/a.ts': handlerSource('a'), 'src/routers/zz.ts': handlerSource('zz') });

  const added = Object.keys(after).filter((id) => !(id in before));
  expect(added.map((id) => after[id].Properties.RouteKey ?? after[id].Type).sort()).toEqual(['ANY /api/a', 'ANY /api/a/{proxy+}', 'ANY /api/zz', 'ANY /api/zz/{proxy+}', 'AWS::Lambda::Version']);
  expect(Object.keys(before).filter((id) => !(id in after)).map((id) => before[id].Type)).toEqual(['AWS::Lambda::Version']);
  const changed = Object.keys(before).filter((id) => id in after && JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  expect(changed.map((id) => before[id].Type).sort()).toEqual(['AWS::ApiGatewayV2::Api', 'AWS::CloudWatch::Dashboard', 'AWS::Lambda::Alias', 'AWS::Lambda::Function']);
  const rest = (resource: { readonly Properties: object }) => ({ ...resource.Properties, Code: 0, Description: 0, FunctionVersion: 0, DashboardBody: 0 });
  for (const id of changed) expect(rest(after[id])).toEqual(rest(before[id]));
});

test('prefixes that could produce the same construct ID have separate routes', () => {
  const [{ entry }] = routersOf()._declarations;
  expect(Object.keys(routesOf(templateOf({}, { routers: Routers.fromMap({ '/a/b': { entry }, '/a--b': { entry }, '/a-b': { entry } }) })))).toHaveLength(6);
});

test.each([[30, 0], [31, 1]])('a timeout of %p seconds causes %p warnings', (seconds, warnings) => {
  const stack = newStack();
  newApi({ timeout: Duration.seconds(seconds) }, stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('an HTTP API waits only 30'))).toHaveLength(warnings);
});

test('the name of the API stays within API Gateway\'s limit in a deep tree of constructs', () => {
  let scope: Construct = newStack();
  for (let i = 0; i < 20; i++) scope = new Construct(scope, `Level${i}OfANestedApp`);
  const api = new LazyApiFunction(scope, 'Api', { routers: routersOf(), verify: Verify.off() });
  const [{ Properties }] = Object.values(Template.fromStack(Stack.of(api)).findResources('AWS::ApiGatewayV2::Api'));
  expect(Properties.Name.length).toBeLessThanOrEqual(128);
});

test('throttling applies to the stage', () => {
  templateOf({ throttle: { rateLimit: 50, burstLimit: 20 } }).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    StageName: '$default', AutoDeploy: true, DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 20 },
  });
});

test('access logs are JSON and contain no query strings or credentials', () => {
  const [stage] = Object.values(templateOf().findResources('AWS::ApiGatewayV2::Stage'));
  const { Format, DestinationArn } = stage.Properties.AccessLogSettings;
  const fields = JSON.parse(Format.replace('$context.error.messageString', '"message"')) as { [name: string]: string };
  expect(DestinationArn).toBeDefined();
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(['requestId', 'routeKey', 'status', 'responseLatency', 'integrationErrorMessage', 'caller']));
  expect(Format).not.toMatch(/querystring|authorization|cookie|\$context\.path|apiKey|accessKey/i);
});

test('access logs go to a given log group', () => {
  const stack = newStack();
  newApi({ endpoint: ApiEndpoint.http({ accessLogGroup: new logs.LogGroup(stack, 'Mine') }) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Stage', { AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } } });
});

test('grantInvoke allows calls to this API only', () => {
  const stack = newStack();
  const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  newApi({}, stack).grantInvoke(caller);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Caller') }],
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: Match.stringLikeRegexp('^ApiHttpApi') }, '/$default/*/*']] },
      }],
    },
  });
});

test('grantInvoke warns if no router uses IAM authorization', () => {
  const warningsFor = (authorization: ApiAuthorization) => {
    const stack = newStack();
    newApi({ endpoint: ApiEndpoint.http({ authorization }) }, stack).grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('grantInvoke has no effect: no router uses IAM authorization, got none'));
  };
  expect([ApiAuthorization.none(), ApiAuthorization.iam()].map((authorization) => warningsFor(authorization).length)).toEqual([1, 0]);
});

test('the URL is exposed, and it is an output unless urlOutput is false', () => {
  const stack = newStack();
  const api = newApi({}, stack);
  const [output] = Object.values(Template.fromStack(stack).findOutputs('*'));
  expect(output.Value).toEqual(stack.resolve(api.url));
  expect(output.Value).toEqual({ 'Fn::Join': ['', ['https://', { Ref: expect.stringMatching(/^ApiHttpApi/) }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/']] });
  expect(templateOf({}, { urlOutput: false }).findOutputs('*')).toEqual({});
});

test('the endpoint exposes its children', () => {
  const endpoint = newApi().endpoint as HttpApiEndpoint;
  expect([endpoint.httpApi, endpoint.stage, endpoint.accessLogGroup].map((child) => child.node.path)).toEqual([
    'TestStack/Api/HttpApi/Api', 'TestStack/Api/HttpApi/Stage', 'TestStack/Api/HttpApi/AccessLogs',
  ]);
});
