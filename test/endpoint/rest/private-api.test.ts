import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { plainStack, routersAt, vpcEndpointIn } from './support';
import { ApiAuthorization, ApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { newApi } from '../../support/app';

function privateApi(options: RestApiEndpointOptions, stack = plainStack()) {
  const endpoint = ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)], ...options });
  return newApi({ routers: routersAt(['/api/health', '/api/users/{id}']), endpoint }, stack);
}

function apiOf(options: RestApiEndpointOptions = {}) {
  const [{ Properties }] = Object.values(Template.fromStack(Stack.of(privateApi(options))).findResources('AWS::ApiGateway::RestApi'));
  return Properties as { readonly EndpointConfiguration: object; readonly Policy: { readonly Statement: ReadonlyArray<{ readonly Effect: string; readonly Resource: object }> } };
}

const VPC_ENDPOINT = { Ref: expect.stringMatching(/^VpcExecuteApi/) };

const DENY = {
  Effect: 'Deny', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': [VPC_ENDPOINT] } },
};

test('a private API is reached through its VPC endpoints alone, and who calls it is for IAM to say', () => {
  const { EndpointConfiguration, Policy } = apiOf();
  expect(EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: [VPC_ENDPOINT] });
  expect(Policy.Statement).toEqual([DENY]);
});

test('what IAM does not authorise is allowed to everybody who comes that way', () => {
  expect(apiOf({ authorization: ApiAuthorization.none() }).Policy.Statement).toEqual([
    DENY, { Effect: 'Allow', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*' },
  ]);
});

test('routes that IAM authorises stay closed beside open ones, but for preflight requests', () => {
  const { Policy } = apiOf({ routes: { '/api/users/{id}': { authorization: ApiAuthorization.none() } }, cors: { allowOrigins: ['*'] } });
  expect(Policy.Statement).toEqual([DENY, {
    Effect: 'Allow', Action: 'execute-api:Invoke', Principal: { AWS: '*' },
    Resource: ['execute-api:/*/*/api/users/*', 'execute-api:/*/*/api/users/*/*', 'execute-api:/*/OPTIONS/*'],
  }]);
});

test('a domain is refused with the reason', () => {
  const stack = plainStack();
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/x');
  expect(() => privateApi({ domain: { domainName: 'api.example.com', certificate } }, stack)).toThrow(/domain is not supported beside vpcEndpoints: a private API takes private custom domain names only/);
});
