import { localAsset } from './assembly/local-asset';
import { SynthesizedApi } from './assembly/synthesized-api';
import { toLocalFunction } from './assembly/to-local-function';
import { LocalEndpoint } from './endpoint/local-endpoint';
import { readEndpoint } from './endpoint/read-endpoint';
import { LocalFunction, RuntimeCommand } from './lambda/local-function';
import { LocalLambda, LocalLambdaOptions } from './lambda/local-lambda';
import { LocalError } from './local-error';
import { findNode } from './node/find-node';
import { THIS_MACHINE } from './node/machine';
import { nodeCommand } from './node/node-command';
import { startLocalSecrets } from './secrets/local-secrets';
import { NO_SECRETS } from './secrets/secret-values';
import { readSecretsFile } from './secrets/secrets-file';
import { SECRETS_VARIABLE } from '../contract/variables';
import { nodeMajor } from '../languages/javascript/node-version';

export interface ApiOptions {
  /** Environment variables that win over those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** The path of a file with the values of secrets and parameters. */
  readonly secretsFile?: string;
  /** The path of Node.js. */
  readonly node?: string;
}

/** A function that runs on this machine, and what is in front of it. */
export interface StartedApi {
  readonly lambda: LocalLambda;
  readonly fn: LocalFunction;
  readonly endpoint: LocalEndpoint;
  /** What differs from Lambda, for the user. */
  readonly notes: readonly string[];
  /** How the runtime is started with a function. */
  command(fn: LocalFunction): RuntimeCommand;
  close(): Promise<void>;
}

/** Makes the function of a synthesized API ready to be invoked. Environments start with invocations. */
export async function startApi(api: SynthesizedApi, options: ApiOptions, lambdaOptions: LocalLambdaOptions = {}): Promise<StartedApi> {
  const { runtime, logicalId } = api.description.function;
  const planned = toLocalFunction(api, options);
  const node = findRuntime(api, runtime, options.node);
  const secrets = await secretsFor(planned.fn.environment, options.secretsFile);
  const asset = localAsset(api);
  const fn = { ...planned.fn, directory: asset.directory, environment: { ...planned.fn.environment, ...secrets.variables } };
  const lambda = new LocalLambda({ fn, command: node.command(fn) }, lambdaOptions);
  const close = async () => {
    await lambda.close();
    secrets.close();
    asset.close();
  };
  const notes = [...node.notes, ...planned.notes, ...secrets.notes];
  return { lambda, fn, endpoint: readEndpoint(api.template, logicalId), command: node.command, notes, close };
}

interface FoundRuntime {
  readonly notes: readonly string[];
  command(fn: LocalFunction): RuntimeCommand;
}

/** How the runtime of the function's language is started. */
function findRuntime({ path, description: { code } }: SynthesizedApi, runtime: string, given?: string): FoundRuntime {
  if (code.language !== 'JavaScript') throw new LocalError(`${path}: routers in ${code.language} do not run locally yet`);
  const { path: node, warning } = findNode(nodeMajor(runtime), given, THIS_MACHINE);
  return { notes: warning === undefined ? [] : [warning], command: (fn) => nodeCommand(node, fn) };
}

/** A function without secrets needs no server for them. */
async function secretsFor(environment: Readonly<Record<string, string>>, file?: string) {
  const values = file === undefined ? NO_SECRETS : readSecretsFile(file);
  if (environment[SECRETS_VARIABLE] === undefined) return { variables: {}, notes: [], close: () => {} };
  const { missing, ...secrets } = await startLocalSecrets(environment, values);
  return { ...secrets, notes: missing.length > 0 ? [`no value for ${missing.join(', ')}: pass --secrets FILE`] : [] };
}
