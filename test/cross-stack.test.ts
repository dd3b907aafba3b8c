/**
 * Until synthesis ends, constructs with the same id in two stacks resolve to the same text. Wherever the library accepts a construct or a token, the
 * values of both stacks must reach the template.
 */
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { ApiEndpoint, ApiWebAcl, LazyApiFunction, LazyApiFunctionProps } from '../lib';
import { newApi, newAppWithoutBundling, routersAt } from './support/app';

type Props = Partial<LazyApiFunctionProps>;

const routers = routersAt(['/users']);

const vpcEndpoint = (stack: Stack) => new InterfaceVpcEndpoint(stack, 'It', { vpc: new Vpc(stack, 'Vpc'), service: InterfaceVpcEndpointAwsService.APIGATEWAY });

const webAcl = (stack: Stack) => new CfnWebACL(stack, 'It', {
  scope: 'REGIONAL', defaultAction: {}, visibilityConfig: { metricName: 'm', cloudWatchMetricsEnabled: false, sampledRequestsEnabled: false },
});

const domain = (stack: Stack) => ({ domainName: `${stack.node.id.toLowerCase()}.example.com`, certificate: new Certificate(stack, 'It', { domainName: 'example.com' }) });

/** One function uses both constructs. */
const IN_ONE: Array<[string, (stacks: Stack[]) => Props]> = [
  ['secrets', ([a, b]) => ({ secrets: { A: new Secret(a, 'It'), B: new Secret(b, 'It') } })],
  ['parameters', ([a, b]) => ({ parameters: { A: new StringParameter(a, 'It', { stringValue: 'a' }), B: new StringParameter(b, 'It', { stringValue: 'b' }) } })],
  ['environment variables', ([a, b]) => ({ environment: { TOPIC_A: new Topic(a, 'It').topicArn, TOPIC_B: new Topic(b, 'It').topicArn } })],
  ['topics of alarms', ([a, b]) => ({ monitoring: { warningTopic: new Topic(a, 'It'), criticalTopic: new Topic(b, 'It') } })],
  ['VPC endpoints', (stacks) => ({ endpoint: ApiEndpoint.rest({ vpcEndpoints: stacks.map(vpcEndpoint) }) })],
  ['origins', (stacks) => ({ endpoint: ApiEndpoint.http({ cors: { allowOrigins: stacks.map((stack) => `https://${new Bucket(stack, 'It').bucketDomainName}`) } }) })],
];

/** Two functions use one construct each. */
const IN_TWO: Array<[string, (stack: Stack) => Props]> = [
  ['log groups', (stack) => ({ logGroup: new LogGroup(stack, 'It') })],
  ['log groups of API Gateway', (stack) => ({ endpoint: ApiEndpoint.http({ accessLogGroup: new LogGroup(stack, 'It') }) })],
  ['web ACLs', (stack) => ({ endpoint: ApiEndpoint.rest({ webAcl: ApiWebAcl.fromWebAclArn(webAcl(stack).attrArn) }) })],
  ['certificates', (stack) => ({ endpoint: ApiEndpoint.http({ domain: domain(stack) }) })],
  ['environment variables', (stack) => ({ environment: { TOPIC: new Topic(stack, 'It').topicArn } })],
];

function newStacks(): Stack[] {
  const app = newAppWithoutBundling();
  return ['Api', 'StackA', 'StackB'].map((id) => new Stack(app, id));
}

/** The names of the stacks whose exports a template imports. */
function importedBy(stack: Stack): string[] {
  const imports = JSON.stringify(Template.fromStack(stack)).matchAll(/"Fn::ImportValue":"(\w+):/g);
  return [...new Set([...imports].map(([, name]) => name))].sort();
}

test.each(IN_ONE)('%s with the same id in two stacks stay separate in one function', (_, props) => {
  const [stack, ...others] = newStacks();
  newApi({ routers, ...props(others) }, stack);
  expect(importedBy(stack)).toEqual(['StackA', 'StackB']);
});

test.each(IN_TWO)('%s with the same id in two stacks stay separate in two functions', (_, props) => {
  const [stack, ...others] = newStacks();
  others.forEach((other) => new LazyApiFunction(stack, `Of${other.node.id}`, { routers, ...props(other) }));
  expect(importedBy(stack)).toEqual(['StackA', 'StackB']);
});

test('roles with the same id in two stacks can both call the API', () => {
  const [stack, ...others] = newStacks();
  const api = newApi({ routers }, stack);
  others.forEach((other) => api.grantInvoke(new iam.Role(other, 'It', { assumedBy: new iam.AccountRootPrincipal() })));
  others.forEach((other) => Template.fromStack(other).resourceCountIs('AWS::IAM::Policy', 1));
});
