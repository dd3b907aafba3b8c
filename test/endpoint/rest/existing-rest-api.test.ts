import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { methodsOf } from './methods';
import { ApiAuthorization, ApiEndpoint, ExistingRestApiOptions } from '../../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';

const MOCK = new apigateway.MockIntegration();

function ownApi(stack: Stack): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, 'Own', { cloudWatchRole: false });
  api.root.addResource('api').addMethod('GET', MOCK);
  return api;
}

const importedApi = (stack: Stack) => apigateway.RestApi.fromRestApiAttributes(stack, 'Imported', { restApiId: 'abc', rootResourceId: 'root' });

function addTo(makeApi: (stack: Stack) => apigateway.IRestApi, options: ExistingRestApiOptions = {}, prefixes = ['/api/users']) {
  const stack = newStack({}, newAppWithoutBundling());
  return newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.fromRestApi(makeApi(stack), options) }, stack);
}

test('the routers\' resources join those that are there, and the API is deployed again', () => {
  const deployment = (template: Template) => Object.keys(template.findResources('AWS::ApiGateway::Deployment'))[0];
  const stack = newStack({}, newAppWithoutBundling());
  ownApi(stack);
  const api = addTo(ownApi);
  const template = Template.fromStack(Stack.of(api));
  expect(methodsOf(template)).toEqual({ 'GET /api': 'NONE', 'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM' });
  expect(deployment(template)).not.toBe(deployment(Template.fromStack(stack)));
  template.resourceCountIs('AWS::ApiGateway::RestApi', 1);
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  expect(Annotations.fromStack(Stack.of(api)).findWarning('*', Match.anyValue())).toEqual([]);
  expect(JSON.stringify(Stack.of(api).resolve(api.url))).toMatch(/\/"/);
  expect(Object.keys(api.endpoint.metrics.requests().dimensions!)).toEqual(['ApiName', 'Stage']);
});

test('an imported API gets them too, and a warning that it must be deployed again', () => {
  const api = addTo(importedApi, { authorization: ApiAuthorization.none() });
  const template = Template.fromStack(Stack.of(api));
  template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: 'api', ParentId: 'root', RestApiId: 'abc' });
  expect(Annotations.fromStack(Stack.of(api)).findWarning('*', Match.stringLikeRegexp('has to deploy it again'))).toHaveLength(1);
  expect(template.findOutputs('*')).toEqual({});
});

test('answers are streamed, preflight requests answered, and calls granted', () => {
  const api = addTo(ownApi, { streaming: true, cors: { allowOrigins: ['*'] } });
  api.grantInvoke(new iam.Role(api, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
  const template = Template.fromStack(Stack.of(api));
  template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'ANY', Integration: { ResponseTransferMode: 'STREAM' } });
  expect(methodsOf(template)).toMatchObject({ 'OPTIONS /api/users': 'NONE' });
  template.hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('Caller') }] });
});

test.each<[string, (api: apigateway.RestApi) => void, RegExp]>([
  ['the route', (api) => api.root.getResource('api')!.addResource('users').addMethod('ANY', MOCK), /route "\/api\/users": the API has a method ANY there already; change the prefix/],
  ['its variable child', (api) => api.root.getResource('api')!.addResource('users').addResource('{id}'), /route "\/api\/users\/\{proxy\+\}": a REST API allows one variable child below "\/api\/users", and the API has "\{id\}" there/],
])('an API that has %s already is left as it is', (_, prepare, message) => {
  expect(() => addTo((stack) => {
    const api = ownApi(stack);
    prepare(api);
    return api;
  })).toThrow(message);
});

test('throttling belongs to the stage of the API', () => {
  expect(() => addTo(ownApi, { routes: { '/api/users': { throttle: { rateLimit: 1 } } } })).toThrow(/routes\["\/api\/users"\]\.throttle is not supported/);
});
