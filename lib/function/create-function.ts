import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { passedOptions } from './function-options';

export const DEFAULT_MEMORY_MB = 1024;

export const DEFAULT_ARCHITECTURE = lambda.Architecture.ARM_64;

/** API Gateway's HTTP API waits 30 seconds; the function answers before that. */
export const DEFAULT_TIMEOUT = Duration.seconds(29);

/**
 * An earlier version is there to go back to. One whose own deployment fails goes: Lambda would not publish the same code a second time.
 *
 * @see https://github.com/aws/aws-cdk/issues/10274
 */
const VERSION_REMOVAL = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** The given log group, which may be an L1 construct, or one of its own. */
export function functionLogGroup(scope: Construct, given?: logs.ILogGroupRef): logs.ILogGroup {
  if (given === undefined) {
    return new logs.LogGroup(scope, 'LogGroup', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.RETAIN });
  }
  const isFull = 'grantWrite' in given;
  return isFull ? given as logs.ILogGroup : logs.LogGroup.fromLogGroupArn(scope, 'GivenLogGroup', given.logGroupRef.logGroupArn);
}

export function createFunction(
  scope: Construct,
  options: lambda.FunctionOptions,
  own: {
    readonly code: lambda.Code;
    readonly runtime: lambda.Runtime;
    readonly environment: { readonly [name: string]: string };
    readonly logGroup: logs.ILogGroup;
  },
): lambda.Function {
  return new lambda.Function(scope, 'Function', {
    ...passedOptions(options),
    handler: 'index.handler',
    code: own.code,
    runtime: own.runtime,
    environment: own.environment,
    architecture: options.architecture ?? DEFAULT_ARCHITECTURE,
    memorySize: options.memorySize ?? DEFAULT_MEMORY_MB,
    timeout: options.timeout ?? DEFAULT_TIMEOUT,
    currentVersionOptions: { ...options.currentVersionOptions, removalPolicy: options.currentVersionOptions?.removalPolicy ?? VERSION_REMOVAL },
    loggingFormat: lambda.LoggingFormat.JSON,
    applicationLogLevelV2: options.applicationLogLevelV2,
    logGroup: own.logGroup,
    role: grantBasics(options.role ?? createRole(scope), own.logGroup, options.vpc !== undefined),
  });
}

function createRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

/** What AWS's managed execution policies give, for this function's log group alone. */
function grantBasics(role: iam.IRole, logGroup: logs.ILogGroup, inVpc: boolean): iam.IRole {
  logGroup.grantWrite(role);
  if (inVpc) role.addToPrincipalPolicy(networkInterfaces());
  return role;
}

/**
 * Lambda needs them on all resources: the interfaces do not exist yet.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
function networkInterfaces(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'LambdaNetworkInterfaces',
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}
