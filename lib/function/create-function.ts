import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { passedOptions } from './function-options';
import { acknowledgePublished } from './snap-start';

/**
 * Earlier versions are retained for rollbacks. A version whose own deployment fails is deleted, because Lambda would not publish the same code a
 * second time.
 *
 * @see https://github.com/aws/aws-cdk/issues/10274
 */
const VERSION_REMOVAL = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** The given log group, which may be an L1 construct, or a new one. */
export function functionLogGroup(scope: Construct, given?: logs.ILogGroupRef): logs.ILogGroup {
  if (given === undefined) {
    return new logs.LogGroup(scope, 'LogGroup', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.RETAIN });
  }
  const isFull = 'grantWrite' in given;
  return isFull ? given as logs.ILogGroup : logs.LogGroup.fromLogGroupArn(scope, 'GivenLogGroup', given.logGroupRef.logGroupArn);
}

/** A function, after all defaults are applied. */
export interface FunctionSpec {
  readonly options: lambda.FunctionOptions;
  readonly handler: string;
  readonly code: lambda.Code;
  readonly runtime: lambda.Runtime;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: logs.ILogGroup;
}

export function createFunction(scope: Construct, { options, handler, code, runtime, environment, logGroup }: FunctionSpec): lambda.Function {
  const fn = new lambda.Function(scope, 'Function', {
    ...passedOptions(options),
    handler,
    code,
    runtime,
    environment,
    architecture: options.architecture,
    memorySize: options.memorySize,
    timeout: options.timeout,
    currentVersionOptions: { ...options.currentVersionOptions, removalPolicy: options.currentVersionOptions?.removalPolicy ?? VERSION_REMOVAL },
    loggingFormat: lambda.LoggingFormat.JSON,
    applicationLogLevelV2: options.applicationLogLevelV2,
    logGroup,
    role: grantBasics(options.role ?? createRole(scope), logGroup, options.vpc !== undefined),
  });
  if (options.snapStart) acknowledgePublished(fn);
  return fn;
}

function createRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

/** Grants what AWS's managed execution policies grant, but only for this function's log group. */
function grantBasics(role: iam.IRole, logGroup: logs.ILogGroup, inVpc: boolean): iam.IRole {
  logGroup.grantWrite(role);
  if (inVpc) role.addToPrincipalPolicy(networkInterfaces());
  return role;
}

/**
 * Lambda needs these permissions on all resources, because the interfaces do not exist yet.
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
