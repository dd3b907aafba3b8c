/** Runs in a separate Lambda function, which CodeDeploy calls before it moves traffic to a new version. The AWS SDK comes with Lambda's runtime. */
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { versionProblem } from './version-problem';
import { PRE_TRAFFIC_EVENT } from '../contract/pre-traffic';
import { VERSION_VARIABLE } from '../contract/variables';

/** The event that CodeDeploy sends. */
interface LifecycleEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** Always reports a result to CodeDeploy, which otherwise waits for an hour. */
export async function handler(event: LifecycleEvent): Promise<void> {
  const version = process.env[VERSION_VARIABLE];
  const problem = await askVersion(version).catch((error: Error) => `the new version cannot be invoked: ${error.name}: ${error.message}`);
  if (problem) console.error({ message: problem, version });
  else console.info({ message: 'every router of the new version loads', version });
  await new CodeDeployClient({}).send(new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: event.DeploymentId,
    lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
    status: problem ? 'Failed' : 'Succeeded',
  }));
}

async function askVersion(version: string | undefined): Promise<string | undefined> {
  const { FunctionError, Payload } = await new LambdaClient({}).send(new InvokeCommand({
    FunctionName: version,
    Payload: JSON.stringify(PRE_TRAFFIC_EVENT),
  }));
  return versionProblem(FunctionError, Payload ?? new Uint8Array());
}
