import * as fs from 'fs';
import * as path from 'path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { VERSION_VARIABLE } from '../contract/variables';
import { stageCode } from '../private/stage-code';

/** Built from lib/hook by scripts/build-runtime.mjs. */
const CODE = path.join(__dirname, '..', 'hook', 'asset');
const HANDLER_FILE = 'index.mjs';

/**
 * The function that CodeDeploy calls before it moves traffic. It invokes the new version directly, which then loads every router.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-lambda
 */
export function createPreTrafficHook(scope: Construct, { lambda: fn, version }: lambda.Alias): lambda.Function {
  const logGroup = new LogGroup(scope, 'HookLogGroup', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(scope, 'HookRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grants.write(role);
  role.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [`${fn.functionArn}:*`] }));
  return new lambda.Function(scope, 'Hook', {
    description: 'Loads every router of a new version before it receives traffic',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    code: hookCode(),
    handler: 'index.handler',
    timeout: Duration.minutes(5),
    memorySize: 256,
    loggingFormat: lambda.LoggingFormat.JSON,
    logGroup,
    role,
    environment: { [VERSION_VARIABLE]: version.functionArn },
  });
}

/** Writes the file again with a fixed mode, because its mode in node_modules depends on the umask of the installation. */
function hookCode(): lambda.Code {
  return stageCode(CODE, [{ path: HANDLER_FILE, contents: fs.readFileSync(path.join(CODE, HANDLER_FILE)) }]);
}
