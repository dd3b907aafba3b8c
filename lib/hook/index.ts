/**
 * Runs in a Lambda function of its own, which CodeDeploy calls before it moves traffic to a new version. The AWS SDK is Lambda's own.
 */
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { judge } from './judge';
import { VERIFICATION_EVENT, VERSION_VARIABLE } from '../contract/pre-traffic';

/** What CodeDeploy sends. */
interface LifecycleEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** Whatever happens, CodeDeploy is told: without an answer, it waits for an hour. */
export async function handler(event: LifecycleEvent): Promise<void> {
  const complaint = await verify().catch((error: Error) => `the new version cannot be invoked: ${error.name}: ${error.message}`);
  const version = process.env[VERSION_VARIABLE];
  if (complaint) console.error({ message: complaint, version });
  else console.info({ message: 'every router of the new version loads', version });
  await new CodeDeployClient({}).send(new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: event.DeploymentId,
    lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
    status: complaint ? 'Failed' : 'Succeeded',
  }));
}

async function verify(): Promise<string | undefined> {
  const { FunctionError, Payload } = await new LambdaClient({}).send(new InvokeCommand({
    FunctionName: process.env[VERSION_VARIABLE],
    Payload: JSON.stringify(VERIFICATION_EVENT),
  }));
  return judge(FunctionError, Payload ?? new Uint8Array());
}
