import { LocalAsset, readManifest } from './assembly/local-asset';
import { SynthesizedApi } from './assembly/synthesized-api';
import { toLocalFunction } from './assembly/to-local-function';
import { authorizerLanguages, startAuthorizers } from './authorizers/start-authorizers';
import { RunAuthorizer } from './endpoint/authorize';
import { LocalEndpoint } from './endpoint/local-endpoint';
import { readEndpoint } from './endpoint/read-endpoint';
import { CpuLimit, createCpuLimit } from './lambda/cpu-limit';
import { LocalFunction, RuntimeCommand } from './lambda/local-function';
import { LocalLambda, LocalLambdaOptions, Runnable } from './lambda/local-lambda';
import { checkPrograms } from './language/check-programs';
import { languageOf } from './language/find-language';
import type { Programs } from './language/programs';
import { startLocalSecrets } from './secrets/local-secrets';
import { NO_SECRETS } from './secrets/secret-values';
import { readSecretsFile } from './secrets/secrets-file';
import type { ApiManifest } from '../contract/manifest';
import { SECRETS_VARIABLE } from '../contract/variables';

export interface ApiOptions extends Programs {
  /** Environment variables that override those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** The memory size, in megabytes. With it, environments have Lambda's share of the CPU. */
  readonly memoryMb?: number;
  /** The path of a file with the values of secrets and parameters. */
  readonly secretsFile?: string;
}

/** A function that runs on this machine, and what is in front of it. */
export interface StartedApi {
  readonly lambda: LocalLambda;
  readonly fn: LocalFunction;
  readonly endpoint: LocalEndpoint;
  readonly runAuthorizer: RunAuthorizer;
  /** What was built. */
  readonly manifest: ApiManifest;
  /** What differs from Lambda, for the user. */
  readonly notes: readonly string[];
  /** How the runtime is started with a function. */
  command(fn: LocalFunction): RuntimeCommand;
  close(): Promise<void>;
}

/** What is needed to run a function, before any of it runs. */
export interface PreparedApi {
  readonly endpoint: LocalEndpoint;
  readonly runAuthorizer: RunAuthorizer;
  /** The code that synthesis has built. */
  readonly asset: LocalAsset;
  readonly cpuLimit?: CpuLimit;
  readonly notes: readonly string[];
  /** How the runtime is started with a function. */
  command(fn: LocalFunction): RuntimeCommand;
  /** The function with this code. */
  runnable(asset: LocalAsset): Runnable;
  /** Closes what the function uses, but not its code. */
  close(): Promise<void>;
}

/** Prepares the function of a synthesized API and its authorizers for invocations. Environments start with invocations. */
export async function startApi(api: SynthesizedApi, options: ApiOptions, lambdaOptions: LocalLambdaOptions = {}): Promise<StartedApi> {
  const prepared = await prepareApi(api, options, lambdaOptions.output);
  const { asset, endpoint, runAuthorizer, cpuLimit, notes } = prepared;
  const runnable = prepared.runnable(asset);
  const lambda = new LocalLambda(runnable, { cpuLimit, ...lambdaOptions });
  const close = async () => {
    await lambda.close();
    await prepared.close();
    asset.close();
  };
  const { fn } = runnable;
  const manifest = readManifest(asset.directory);
  return { lambda, fn, endpoint, runAuthorizer, manifest, command: prepared.command, notes, close };
}

export async function prepareApi(api: SynthesizedApi, options: ApiOptions, output: LocalLambdaOptions['output']): Promise<PreparedApi> {
  const { function: { runtime: name, logicalId } } = api.description;
  const language = languageOf(api);
  const planned = toLocalFunction(api, options);
  const endpoint = readEndpoint(api.template, logicalId);
  checkPrograms(options, [language, ...authorizerLanguages(api, endpoint)]);
  const runtime = language.findRuntime(name, options);
  const asset = language.localAsset(api, options);
  const secrets = await secretsFor(planned.fn.environment, options.secretsFile, output);
  const environment = { ...planned.fn.environment, ...secrets.variables };
  const cpu = cpuOf(options.memoryMb);
  const authorizers = startAuthorizers(api, endpoint, { ...options, output });
  return {
    endpoint,
    runAuthorizer: authorizers.run,
    asset,
    cpuLimit: cpu.limit,
    notes: [...runtime.notes, ...asset.notes ?? [], ...planned.notes, ...cpu.notes, ...secrets.notes, ...authorizers.notes],
    command: runtime.command,
    runnable: ({ directory, packages }) => {
      const fn = { ...planned.fn, directory, packages, environment };
      return { fn, command: runtime.command(fn) };
    },
    close: async () => {
      secrets.close();
      await authorizers.close();
    },
  };
}

/** The CPU is limited only if the user sets a memory size. */
function cpuOf(memoryMb: number | undefined): { readonly limit?: CpuLimit; readonly notes: readonly string[] } {
  if (memoryMb === undefined) return { notes: [] };
  const limit = createCpuLimit(memoryMb);
  if (limit) return { limit, notes: [] };
  return { notes: [`the function has the full CPU: its share at ${memoryMb} MB takes Linux, root, and control groups that can be written to`] };
}

/** A function without secrets needs no server for them. */
async function secretsFor(environment: Readonly<Record<string, string>>, file: string | undefined, output: LocalLambdaOptions['output']) {
  const values = file === undefined ? NO_SECRETS : readSecretsFile(file);
  if (environment[SECRETS_VARIABLE] === undefined) return { variables: {}, notes: [], close: () => {} };
  // The function's own error names AWS, which the function believes it is calling.
  const tell = (name: string) => output?.(`note: ${noValueFor([name])}; the function gets SECRET_REFUSED, regardless of its role\n`, 'stderr');
  const { missing, ...secrets } = await startLocalSecrets(environment, values, tell);
  // With output, there is a note when the function reads the value.
  return { ...secrets, notes: missing.length > 0 && output === undefined ? [noValueFor(missing)] : [] };
}

function noValueFor(names: readonly string[]): string {
  return `no local value for ${names.join(', ')}: pass --secrets FILE`;
}
