import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Evaluated in this order. */
const MANAGED_RULE_GROUPS: ReadonlyArray<{ readonly name: string; readonly counted?: readonly string[] }> = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  // It blocks bodies of more than 8 KB, which many APIs take.
  { name: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY'] },
];

const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key'];

/**
 * The AWS WAF web ACL in front of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 */
export abstract class ApiWebAcl {
  /**
   * A web ACL of yours.
   *
   * @param webAclArn the ARN of a web ACL of the scope REGIONAL, in the API's region
   */
  public static fromArn(webAclArn: string): ApiWebAcl {
    return new GivenWebAcl(webAclArn);
  }

  /**
   * A web ACL with AWS's managed rules against addresses of bad reputation, known bad inputs and common attacks. Bodies of more than 8 KB
   * are counted and not blocked. What matched is logged, without credentials, into a log group that is kept for one month, and kept when
   * the stack is deleted.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
   */
  public static managedRules(): ApiWebAcl {
    return new ManagedWebAcl();
  }

  /**
   * The ARN.
   * @internal
   */
  public abstract _bind(scope: Construct): string;
}

class GivenWebAcl extends ApiWebAcl {
  constructor(private readonly webAclArn: string) {
    super();
  }

  public _bind(): string {
    return this.webAclArn;
  }
}

class ManagedWebAcl extends ApiWebAcl {
  public _bind(scope: Construct): string {
    const webAcl = new wafv2.CfnWebACL(scope, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('WebAcl'),
      rules: MANAGED_RULE_GROUPS.map(({ name, counted = [] }, priority) => ({
        name,
        priority,
        overrideAction: { none: {} },
        visibilityConfig: visibility(name),
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            ruleActionOverrides: counted.length > 0 ? counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) : undefined,
          },
        },
      })),
    });
    logRequests(scope, webAcl);
    return webAcl.attrArn;
  }
}

function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** AWS WAF writes to log groups of this prefix only: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
function logRequests(scope: Construct, webAcl: wafv2.CfnWebACL): void {
  const logGroup = new logs.LogGroup(scope, 'WebAclLogs', {
    logGroupName: `aws-waf-logs-${Names.uniqueResourceName(webAcl, { maxLength: 400, separator: '-' })}`,
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  new wafv2.CfnLoggingConfiguration(scope, 'WebAclLogging', {
    resourceArn: webAcl.attrArn,
    // Without the `:*` at the end of a log group's ARN.
    logDestinationConfigs: [Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroup.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
    redactedFields: [...SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })), { queryString: {} }],
  });
}
