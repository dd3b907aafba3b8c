import { CfnResource } from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { createRollbackAlarms } from './rollback-alarms';
import { TrafficShift } from './rollout';
import { createVerificationHook } from './pre-traffic-hook';

/**
 * Lets CodeDeploy move the alias. The deployment group is an L1 construct, because the L2 construct adds a managed policy to whatever role it gets.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-codedeploylambdaaliasupdate
 */
export function createCodeDeploy(parent: Construct, alias: Alias, { routing, verify, watch }: TrafficShift): codedeploy.ILambdaDeploymentGroup {
  const scope = new Construct(parent, 'Rollout');
  const application = new codedeploy.LambdaApplication(scope, 'Application');
  const deploymentConfig = new codedeploy.LambdaDeploymentConfig(scope, 'DeploymentConfig', { trafficRouting: routing });
  const alarms = watch ? [...createRollbackAlarms(scope, alias, watch), ...watch.alarms] : [];
  const hook = verify ? createVerificationHook(scope, alias) : undefined;
  const group = new codedeploy.CfnDeploymentGroup(scope, 'DeploymentGroup', {
    applicationName: application.applicationName,
    serviceRoleArn: createRole(scope, alias, hook).roleArn,
    deploymentConfigName: deploymentConfig.deploymentConfigName,
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    alarmConfiguration: { enabled: alarms.length > 0, alarms: alarms.map(({ alarmName }) => ({ name: alarmName })) },
    autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', ...alarms.length > 0 ? ['DEPLOYMENT_STOP_ON_ALARM'] : []] },
  });
  const deploymentGroup = codedeploy.LambdaDeploymentGroup.fromLambdaDeploymentGroupAttributes(scope, 'Group', {
    application, deploymentGroupName: group.ref, deploymentConfig,
  });
  if (hook) {
    hook.role!.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
      resources: [deploymentGroup.deploymentGroupArn],
    }));
  }
  (alias.node.defaultChild as CfnResource).cfnOptions.updatePolicy = {
    codeDeployLambdaAliasUpdate: {
      applicationName: application.applicationName,
      deploymentGroupName: group.ref,
      beforeAllowTrafficHook: hook?.functionName,
    },
  };
  // The group, its alarms and all permissions are those of the new version when the alias moves.
  alias.node.addDependency(scope);
  return deploymentGroup;
}

/**
 * What of AWSCodeDeployRoleForLambdaLimited is needed, for this alias and this hook alone: no provisioned concurrency, no topics, no revisions in S3.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html
 */
function createRole(scope: Construct, { lambda: fn, aliasName }: Alias, hook: IFunction | undefined): iam.Role {
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:GetAlias', 'lambda:UpdateAlias'], resources: [fn.functionArn, `${fn.functionArn}:${aliasName}`] }));
  // CodeDeploy asks for the alarms by their names, which CloudWatch authorises as all alarms.
  role.addToPolicy(new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
  if (hook) role.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [hook.functionArn] }));
  return role;
}
