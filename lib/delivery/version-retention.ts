import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** How many versions a run looks at, with $LATEST. Their configurations fit into the 256 KB that Step Functions passes on. */
const PAGE = 25;

/** Errors after which a version stays: an alias points to it, or another run has deleted it. */
const STAYS = ['Lambda.ResourceConflictException', 'Lambda.ResourceNotFoundException'];

/** All calls of the account to Lambda's API share a limit. */
const THROTTLED = ['Lambda.TooManyRequestsException'];

/**
 * Deletes old versions of a function once a day, except the newest ones and those that an alias points to.
 *
 * Lambda lists the oldest versions first. If there are more than a run looks at, the next run continues.
 */
export function limitVersions(parent: Construct, fn: IFunction, keep: number): void {
  const scope = new Construct(parent, 'Versions');
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') });
  const allow = (action: string, resource: string) => role.addToPolicy(new iam.PolicyStatement({ actions: [action], resources: [resource] }));
  allow('lambda:ListVersionsByFunction', fn.functionArn);
  // Only versions: the function itself has no qualifier.
  allow('lambda:DeleteFunction', `${fn.functionArn}:*`);
  const stateMachine = new StateMachine(scope, 'Retention', {
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(definition(fn.functionName, keep))),
    role,
  });
  new Rule(scope, 'Daily', { schedule: Schedule.rate(Duration.days(1)), targets: [new SfnStateMachine(stateMachine)] });
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
function definition(functionName: string, keep: number): object {
  const states = { Delete: deletion(functionName), Stays: { Type: 'Pass', End: true } };
  return {
    Comment: `Deletes versions of a function, except the newest ${keep}`,
    TimeoutSeconds: 300,
    QueryLanguage: 'JSONata',
    StartAt: 'List',
    States: {
      List: {
        Type: 'Task',
        Resource: callOf('listVersionsByFunction'),
        Arguments: { FunctionName: functionName, MaxItems: PAGE },
        Output: `{% ${oldVersions(keep)} %}`,
        Next: 'DeleteOld',
      },
      DeleteOld: {
        Type: 'Map',
        Items: '{% $states.input %}',
        MaxConcurrency: 1,
        ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Delete', States: states },
        End: true,
      },
    },
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
function callOf(name: string): string {
  return `arn:${Aws.PARTITION}:states:::aws-sdk:lambda:${name}`;
}

/** The numbers of all listed versions except the highest. */
function oldVersions(keep: number): string {
  return '($versions := $sort($states.result.Versions[Version != \'$LATEST\'].$number(Version)); '
    + `$old := $count($versions) - ${keep}; $old > 0 ? [$versions[[0..$old - 1]]] : [])`;
}

function deletion(functionName: string): object {
  return {
    Type: 'Task',
    Resource: callOf('deleteFunction'),
    Arguments: { FunctionName: functionName, Qualifier: '{% $string($states.input) %}' },
    Retry: [{ ErrorEquals: THROTTLED, IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 5 }],
    Catch: [{ ErrorEquals: STAYS, Next: 'Stays' }],
    End: true,
  };
}
