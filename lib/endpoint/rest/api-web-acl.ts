import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { aBoolean, checkProp, checkOptionsOf, objectOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { aStringLike } from '../../private/limits';
import { resolvedStart } from '../../private/tokens';
import { aLogGroup } from '../option-checks';

/** AWS WAF logs only to log groups with this prefix: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
const LOG_GROUP_PREFIX = 'aws-waf-logs-';

const COMMON_RULES = 'AWSManagedRulesCommonRuleSet';

/** The rule in the common rules that blocks bodies larger than 8 KB. */
const BODY_RULE = 'SizeRestrictions_BODY';

/** In evaluation order: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const RULE_GROUPS = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet', COMMON_RULES];

/** Logs must not contain credentials or query strings. */
const REDACTED_HEADERS = ['authorization', 'cookie', 'x-api-key', 'x-amz-security-token'];

/** Options for `ApiWebAcl.managedRules`. */
export interface ManagedRulesOptions {
  /**
   * Whether to allow request bodies larger than 8 KB. The rule `SizeRestrictions_BODY` then counts these requests instead of blocking them with a 403
   * response.
   *
   * AWS WAF inspects only the first 16 KB of a body. The rest of a larger body passes without inspection.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
   * @default false
   */
  readonly allowLargeBodies?: boolean;

  /**
   * The log group for AWS WAF's request logs, which omit authorization headers, cookies, API keys, and query strings. The name of the log group must
   * begin with `aws-waf-logs-`, so a name that CloudFormation generates fails.
   *
   * @default - a new log group that keeps logs for one month and is retained when the stack is deleted
   */
  readonly logGroup?: logs.ILogGroup;
}

const OPTIONS = objectOf<ManagedRulesOptions>(optional({ allowLargeBodies: aBoolean, logGroup: aLogGroup }));

const WEB_ACL_ARN = aStringLike(
  'the ARN of a regional AWS WAF web ACL, like "arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID"',
  /^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\//,
);

/**
 * The AWS WAF web ACL in front of a REST API.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
 */
export abstract class ApiWebAcl {
  /**
   * A new web ACL that uses AWS managed rules and writes logs. The rules block requests from known malicious IP addresses, known bad inputs, and
   * common exploits.
   *
   * The rules also block requests without a User-Agent header and, unless `allowLargeBodies` is true, bodies larger than 8 KB.
   */
  public static managedRules(options: ManagedRulesOptions = {}): ApiWebAcl {
    checkOptionsOf('WEB_ACL', 'ApiWebAcl.managedRules', options, OPTIONS);
    if (options.logGroup) checkLogGroup(options.logGroup);
    return new WebAcl((scope, stage) => {
      const webAcl = createWebAcl(scope, options.allowLargeBodies ?? false);
      logRequests(scope, webAcl, options.logGroup ?? wafLogGroup(scope));
      associate(scope, webAcl.attrArn, stage);
      return webAcl;
    });
  }

  /** An existing regional web ACL in the API's region. */
  public static fromWebAclArn(webAclArn: string): ApiWebAcl {
    checkProp('WEB_ACL', 'webAclArn', webAclArn, WEB_ACL_ARN);
    return new WebAcl((scope, stage) => {
      associate(scope, webAclArn, stage);
      return undefined;
    });
  }

  /**
   * Associates the web ACL with the stage. Returns the web ACL if it is new.
   * @internal
   */
  public abstract _protect(scope: Construct, stage: Stage): wafv2.CfnWebACL | undefined;
}

/** Checks as much of the name as synthesis knows. A name that begins with a reference may begin with the prefix. */
function checkLogGroup(logGroup: logs.ILogGroup): void {
  const name = resolvedStart(declaredName(logGroup));
  if (name && (name.text.startsWith(LOG_GROUP_PREFIX) || (!name.isWhole && LOG_GROUP_PREFIX.startsWith(name.text)))) return;
  const got = name ? `"${name.text}${name.isWhole ? '' : '...'}"` : 'a name that CloudFormation generates';
  throw new LazyApiError('WEB_ACL', `logGroup must have a name that begins with "${LOG_GROUP_PREFIX}", got ${got}: `
    + 'AWS WAF logs only to such log groups');
}

/** The resolved name. The name of a log group in this app is a token; its resource has the name that the user declared, if any. */
function declaredName(logGroup: logs.ILogGroup): unknown {
  const resource = logGroup.node.defaultChild;
  return Stack.of(logGroup).resolve(resource instanceof logs.CfnLogGroup ? resource.logGroupName : logGroup.logGroupName);
}

class WebAcl extends ApiWebAcl {
  constructor(public readonly _protect: (scope: Construct, stage: Stage) => wafv2.CfnWebACL | undefined) {
    super();
  }
}

function createWebAcl(scope: Construct, allowLargeBodies: boolean): wafv2.CfnWebACL {
  return new wafv2.CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('WebAcl'),
    rules: RULE_GROUPS.map((name, priority) => ({
      name,
      priority,
      overrideAction: { none: {} },
      visibilityConfig: visibility(name),
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name,
          ruleActionOverrides: name === COMMON_RULES && allowLargeBodies ? [{ name: BODY_RULE, actionToUse: { count: {} } }] : undefined,
        },
      },
    })),
  });
}

/** Sampled requests would show headers in the console, so sampling is off. The logs, which are redacted, contain all requests. */
function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

/** The name contains the stack's unique ID, so that a re-created stack does not collide with the log group that the deleted stack retained. */
function wafLogGroup(scope: Construct): logs.ILogGroup {
  const name = Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' });
  return new logs.LogGroup(scope, 'WebAclLogs', {
    logGroupName: `${LOG_GROUP_PREFIX}${name}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`,
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function logRequests(scope: Construct, webAcl: wafv2.CfnWebACL, logGroup: logs.ILogGroup): void {
  // Not `logGroupArn`, which ends with `:*`.
  const logGroupArn = Stack.of(scope).formatArn({
    service: 'logs', resource: 'log-group', resourceName: logGroup.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  new wafv2.CfnLoggingConfiguration(scope, 'WebAclLogging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [logGroupArn],
    redactedFields: [...REDACTED_HEADERS.map((name) => ({ singleHeader: { Name: name } })), { queryString: {} }],
  });
}

function associate(scope: Construct, webAclArn: string, stage: Stage): void {
  new wafv2.CfnWebACLAssociation(scope, 'WebAclAssociation', { webAclArn, resourceArn: stage.stageArn }).node.addDependency(stage);
}
