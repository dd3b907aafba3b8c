import { CfnResource } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { createPreTrafficHook } from './pre-traffic-hook';
import { createRollbackAlarms } from './rollback-alarms';
import { TrafficShift } from './rollout';

/** Lets CodeDeploy move the alias. */
export function createCodeDeploy(parent: Construct, alias: Alias, { routing, verify, watch }: TrafficShift): codedeploy.ILambdaDeploymentGroup {
  const scope = new Construct(parent, 'Rollout');
  const application = new codedeploy.LambdaApplication(scope, 'Application');
  const deploymentConfig = new codedeploy.LambdaDeploymentConfig(scope, 'DeploymentConfig', { trafficRouting: routing });
  const alarms = watch ? [...createRollbackAlarms(scope, alias, watch), ...watch.alarms] : [];
  const hook = verify ? createPreTrafficHook(scope, alias) : undefined;
  const { ref: deploymentGroupName } = new codedeploy.CfnDeploymentGroup(scope, 'DeploymentGroup', {
    applicationName: application.applicationName,
    serviceRoleArn: createRole(scope, alias, hook).roleArn,
    deploymentConfigName: deploymentConfig.deploymentConfigName,
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ...rollback(alarms),
  });
  const deploymentGroup = codedeploy.LambdaDeploymentGroup.fromLambdaDeploymentGroupAttributes(scope, 'Group', {
    application, deploymentGroupName, deploymentConfig,
  });
  if (hook) allowAnswer(hook, deploymentGroup);
  moveByCodeDeploy(alias, deploymentGroup, hook);
  // When the alias moves, the group, its alarms, and all permissions are already those of the new version.
  alias.node.addDependency(scope);
  return deploymentGroup;
}

/** The conditions for a rollback to the old version. */
function rollback(alarms: readonly IAlarm[]): Pick<codedeploy.CfnDeploymentGroupProps, 'alarmConfiguration' | 'autoRollbackConfiguration'> {
  const enabled = alarms.length > 0;
  return {
    alarmConfiguration: { enabled, alarms: alarms.map(({ alarmName }) => ({ name: alarmName })) },
    autoRollbackConfiguration: {
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', ...enabled ? ['DEPLOYMENT_STOP_ON_ALARM'] : []],
    },
  };
}

/** Allows the hook to report its result to CodeDeploy. */
function allowAnswer(hook: IFunction, { deploymentGroupArn }: codedeploy.ILambdaDeploymentGroup): void {
  hook.role!.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
    resources: [deploymentGroupArn],
  }));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-codedeploylambdaaliasupdate */
function moveByCodeDeploy(alias: Alias, { application, deploymentGroupName }: codedeploy.ILambdaDeploymentGroup, hook: IFunction | undefined): void {
  (alias.node.defaultChild as CfnResource).cfnOptions.updatePolicy = {
    codeDeployLambdaAliasUpdate: {
      applicationName: application.applicationName,
      deploymentGroupName,
      beforeAllowTrafficHook: hook?.functionName,
    },
  };
}

/**
 * The part of AWSCodeDeployRoleForLambdaLimited that this alias and this hook need: no provisioned concurrency, no topics, no revisions in S3. The
 * deployment group is an L1 construct, because the L2 construct adds that managed policy to any role.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html
 */
function createRole(scope: Construct, { lambda: fn, aliasName }: Alias, hook: IFunction | undefined): iam.Role {
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com') });
  const allow = (actions: string[], ...resources: string[]) => role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  allow(['lambda:GetAlias', 'lambda:UpdateAlias'], fn.functionArn, `${fn.functionArn}:${aliasName}`);
  // CodeDeploy requests the alarms by name, which CloudWatch authorizes only for all alarms.
  allow(['cloudwatch:DescribeAlarms'], '*');
  if (hook) allow(['lambda:InvokeFunction'], hook.functionArn);
  return role;
}
