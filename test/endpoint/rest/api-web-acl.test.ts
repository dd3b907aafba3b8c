import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { plainStack, PREFIXES, restTemplate } from './support';
import { ApiEndpoint, ApiWebAcl, RestApiEndpoint } from '../../../lib';
import { newApi, routersAt } from '../../support/app';

const ARN = 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/mine/0a1b';

test('a web ACL with managed rules and metrics is associated with the stage', () => {
  const template = restTemplate({ webAcl: ApiWebAcl.managedRules() });
  template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: { CloudWatchMetricsEnabled: true } });
  const [{ Properties }] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  const rules = Properties.Rules as Array<{ readonly Priority: number; readonly Statement: { readonly ManagedRuleGroupStatement: object } }>;
  expect(rules.map(({ Priority, Statement }) => [Priority, Statement.ManagedRuleGroupStatement])).toEqual([
    [0, { VendorName: 'AWS', Name: 'AWSManagedRulesAmazonIpReputationList' }],
    [1, { VendorName: 'AWS', Name: 'AWSManagedRulesKnownBadInputsRuleSet' }],
    [2, { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' }],
  ]);
  template.hasResource('AWS::WAFv2::WebACLAssociation', {
    Properties: {
      WebACLArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('WebAcl'), 'Arn'] },
      ResourceArn: { 'Fn::Join': ['', Match.arrayWith([':apigateway:', '::/restapis/', { Ref: Match.stringLikeRegexp('^ApiRestApi') }, '/stages/', { Ref: Match.stringLikeRegexp('Stage') }])] },
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('DeploymentStage')]),
  });
});

test('AWS WAF logs are kept for a month, have a name that AWS WAF accepts, and contain no credentials', () => {
  const template = restTemplate({ webAcl: ApiWebAcl.managedRules() });
  const [[id]] = Object.entries(template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: Match.anyValue() } }));
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 30, LogGroupName: { 'Fn::Join': ['', [Match.stringLikeRegexp('^aws-waf-logs-TestStack'), { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] } },
    DeletionPolicy: 'Retain',
  });
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    ResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('WebAcl'), 'Arn'] },
    LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([':log-group:', { Ref: id }])] }],
    RedactedFields: [
      { SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }, { SingleHeader: { Name: 'x-api-key' } }, { SingleHeader: { Name: 'x-amz-security-token' } },
      { QueryString: {} },
    ],
  });
});

test('with allowLargeBodies, large bodies are counted instead of blocked', () => {
  const [{ Properties }] = Object.values(restTemplate({ webAcl: ApiWebAcl.managedRules({ allowLargeBodies: true }) }).findResources('AWS::WAFv2::WebACL'));
  expect(Properties.Rules.map(({ Statement }: { Statement: { ManagedRuleGroupStatement: { RuleActionOverrides?: object } } }) => Statement.ManagedRuleGroupStatement.RuleActionOverrides))
    .toEqual([undefined, undefined, [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]]);
});

test('a given log group is used if AWS WAF accepts its name', () => {
  const stack = plainStack();
  const webAcl = ApiWebAcl.managedRules({ logGroup: new logs.LogGroup(stack, 'Mine', { logGroupName: 'aws-waf-logs-mine' }) });
  newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest({ webAcl }) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('^Mine') }])] }],
  });
  const other = logs.LogGroup.fromLogGroupName(stack, 'Other', 'waf');
  expect(() => ApiWebAcl.managedRules({ logGroup: other })).toThrow(/logGroup must have a name that begins with "aws-waf-logs-", got "waf"/);
});

test('an existing web ACL is associated, and none is created', () => {
  const template = restTemplate({ webAcl: ApiWebAcl.fromWebAclArn(ARN) });
  template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: ARN });
  template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  template.resourceCountIs('AWS::WAFv2::LoggingConfiguration', 0);
});

test.each(['mine', ARN.replace('regional', 'global'), 'arn:aws:waf-regional:eu-central-1:123456789012:webacl/x'])('%s is refused, because it is not a regional web ACL', (arn) => {
  expect(() => ApiWebAcl.fromWebAclArn(arn)).toThrow(/webAclArn must be the ARN of a regional AWS WAF web ACL/);
});

test('an ApiWebAcl that is passed to several APIs creates a web ACL for each of them', () => {
  const app = plainStack();
  const webAcl = ApiWebAcl.managedRules();
  newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest({ webAcl }) }, app);
  newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest({ webAcl }) }, new Stack(app.node.root, 'Other'));
  Template.fromStack(app).resourceCountIs('AWS::WAFv2::WebACL', 1);
});

test('a new web ACL is exposed, an existing one is not', () => {
  const endpointOf = (webAcl: ApiWebAcl) => newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest({ webAcl }) }, plainStack()).endpoint as RestApiEndpoint;
  expect(endpointOf(ApiWebAcl.managedRules()).webAcl?.node.path).toBe('TestStack/Api/RestApi/WebAcl');
  expect(endpointOf(ApiWebAcl.fromWebAclArn(ARN)).webAcl).toBeUndefined();
});
