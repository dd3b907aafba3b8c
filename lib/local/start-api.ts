import { localAsset } from './assembly/local-asset';
import { SynthesizedApi } from './assembly/synthesized-api';
import { toLocalFunction } from './assembly/to-local-function';
import { startAuthorizers } from './authorizers/start-authorizers';
import { RunAuthorizer } from './endpoint/authorize';
import { LocalEndpoint } from './endpoint/local-endpoint';
import { readEndpoint } from './endpoint/read-endpoint';
import { CpuLimit, createCpuLimit } from './lambda/cpu-limit';
import { LocalFunction } from './lambda/local-function';
import { LocalLambda, LocalLambdaOptions } from './lambda/local-lambda';
import { LocalError } from './local-error';
import { findRuntime } from './node/find-runtime';
import { startLocalSecrets } from './secrets/local-secrets';
import { NO_SECRETS } from './secrets/secret-values';
import { readSecretsFile } from './secrets/secrets-file';
import { SECRETS_VARIABLE } from '../contract/variables';
import { nodeMajor } from '../languages/javascript/node-version';

export interface ApiOptions {
  /** Environment variables that win over those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** The memory size, in megabytes. With it, environments have Lambda's share of the CPU. */
  readonly memoryMb?: number;
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
  readonly runAuthorizer: RunAuthorizer;
  /** What differs from Lambda, for the user. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Makes the function of a synthesized API ready to be invoked, and its authorizers. Environments start with invocations. */
export async function startApi(api: SynthesizedApi, options: ApiOptions, lambdaOptions: LocalLambdaOptions = {}): Promise<StartedApi> {
  const { function: { runtime, logicalId }, code: { language } } = api.description;
  if (language !== 'JavaScript') throw new LocalError(`${api.path}: routers in ${language} do not run locally yet`);
  const planned = toLocalFunction(api, options);
  const node = findRuntime(nodeMajor(runtime), options.node);
  const secrets = await secretsFor(planned.fn.environment, options.secretsFile);
  const asset = localAsset(api);
  const fn = { ...planned.fn, directory: asset.directory, environment: { ...planned.fn.environment, ...secrets.variables } };
  const cpu = cpuOf(options.memoryMb);
  const lambda = new LocalLambda({ fn, command: node.command(fn) }, { cpuLimit: cpu.limit, ...lambdaOptions });
  const endpoint = readEndpoint(api.template, logicalId);
  const authorizers = startAuthorizers(api, endpoint, { ...options, output: lambdaOptions.output });
  const close = async () => {
    await Promise.all([lambda.close(), authorizers.close()]);
    secrets.close();
    asset.close();
  };
  const notes = [...node.notes, ...planned.notes, ...cpu.notes, ...secrets.notes, ...authorizers.notes];
  return { lambda, fn, endpoint, runAuthorizer: authorizers.run, notes, close };
}

/** Without a memory size of the user, nothing is limited. */
function cpuOf(memoryMb: number | undefined): { readonly limit?: CpuLimit; readonly notes: readonly string[] } {
  if (memoryMb === undefined) return { notes: [] };
  const limit = createCpuLimit(memoryMb);
  if (limit) return { limit, notes: [] };
  return { notes: [`the function has the full CPU: its share at ${memoryMb} MB takes Linux, root, and control groups that can be written to`] };
}

/** A function without secrets needs no server for them. */
async function secretsFor(environment: Readonly<Record<string, string>>, file?: string) {
  const values = file === undefined ? NO_SECRETS : readSecretsFile(file);
  if (environment[SECRETS_VARIABLE] === undefined) return { variables: {}, notes: [], close: () => {} };
  const { missing, ...secrets } = await startLocalSecrets(environment, values);
  return { ...secrets, notes: missing.length > 0 ? [`no value for ${missing.join(', ')}: pass --secrets FILE`] : [] };
}
