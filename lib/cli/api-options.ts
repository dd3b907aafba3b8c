import * as fs from 'node:fs';
import { parseEnv } from 'node:util';
import { Arguments } from './arguments';
import { Options } from './command';
import { numberOption } from './number-option';
import { UsageError } from './usage-error';
import { LOCAL_FILE_VARIABLE } from '../contract/variables';
import { findApis } from '../local/assembly/find-apis';
import { matchingApis, selectApi } from '../local/assembly/select-api';
import { SynthesizedApi } from '../local/assembly/synthesized-api';
import type { Programs } from '../local/language/programs';
import { LocalError } from '../local/local-error';
import { ApiOptions } from '../local/start-api';

/** The directory that `cdk synth` writes by default. */
const ASSEMBLY = 'cdk.out';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MEMORY_MB = { least: 128, most: 10_240 };

/** Options that select the API. */
export const SELECTION: Options = {
  app: { value: 'DIRECTORY', description: `the output directory of cdk synth; default: ${ASSEMBLY}` },
  stack: { value: 'NAME', description: 'the stack of the API, if there are several' },
  construct: { value: 'PATH', description: 'the path of the construct, or the end of the path, if there are several' },
};

/** The function's environment variables. */
export const VARIABLES: Options = {
  'env': { value: 'NAME=VALUE', multiple: true, description: 'a variable of the function; NAME alone passes on your own value; can be repeated' },
  'env-file': { value: 'FILE', description: 'a file with NAME=VALUE lines' },
};

/** The programs that run functions. */
export const PROGRAMS: Options = {
  node: { value: 'PATH', description: 'the Node.js that runs functions in JavaScript; default: the function\'s version, if it is installed' },
  python: { value: 'PATH', description: 'the Python that runs functions in Python; default: the function\'s version, if it is installed' },
};

/** Options for running a function. */
export const RUNNING: Options = {
  ...VARIABLES,
  secrets: { value: 'FILE', description: `JSON with the values of secrets and parameters; default: the variable ${LOCAL_FILE_VARIABLE}` },
  region: { value: 'REGION', description: 'the AWS Region that the function sees; default: that of the stack' },
  ...PROGRAMS,
};

/** Overrides the memory size of the function. */
export const MEMORY: Options = {
  memory: { value: 'MB', description: 'memory size to simulate with Lambda\'s share of the CPU after INIT; default: the function\'s, at full speed' },
};

export const JSON_OPTION: Options = { json: { description: 'write JSON to stdout' } };

/** The directory of the assembly that `cdk synth` has written. */
export function assemblyOf(args: Arguments): string {
  return args.text('app') ?? ASSEMBLY;
}

export function selectedApi(args: Arguments): SynthesizedApi {
  return selectApi(findApis(assemblyOf(args)), selectionOf(args));
}

export function selectedApis(args: Arguments): SynthesizedApi[] {
  return matchingApis(findApis(assemblyOf(args)), selectionOf(args));
}

export function runningOptions(args: Arguments): ApiOptions {
  return {
    variables: givenVariables(args),
    region: args.text('region'),
    ...programsOf(args),
    secretsFile: args.text('secrets') ?? process.env[LOCAL_FILE_VARIABLE],
  };
}

export function programsOf(args: Arguments): Programs {
  return { node: args.text('node'), python: args.text('python') };
}

/** In megabytes. Undefined if the option is not set. */
export function memoryOption(args: Arguments): number | undefined {
  return numberOption(args, 'memory', MEMORY_MB);
}

/** `--env` overrides `--env-file`. */
export function givenVariables(args: Arguments): Record<string, string> {
  const file = args.text('env-file');
  return { ...file === undefined ? {} : readEnvFile(file), ...Object.fromEntries(args.list('env').map(parseVariable)) };
}

/** Errors never show a value. */
function parseVariable(given: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)(?:=([^]*))?$/.exec(given) ?? [];
  if (name === undefined) throw new UsageError('--env must be NAME=VALUE or NAME, got a value without a name');
  const found = value ?? process.env[name];
  if (found === undefined) throw new UsageError(`--env ${name}: your environment has no such variable; pass --env ${name}=VALUE`);
  return [name, found];
}

function readEnvFile(file: string): Record<string, string> {
  return parseEnv(readText('--env-file', file)) as Record<string, string>;
}

export function readText(option: string, file: string): string {
  return readBytes(option, file).toString();
}

/** `-` reads stdin. */
export function readBytes(option: string, file: string): Buffer {
  try {
    return fs.readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new LocalError(`${option} must be a file that can be read, got "${file}": ${(error as NodeJS.ErrnoException).code}`);
  }
}

function selectionOf(args: Arguments) {
  return { stack: args.text('stack'), construct: args.text('construct') };
}
