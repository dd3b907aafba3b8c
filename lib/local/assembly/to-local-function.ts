import { resolveValue } from './resolve-value';
import { assetOf, functionPropertiesOf, SynthesizedApi } from './synthesized-api';
import { Properties } from './template';
import { SECRETS_VARIABLE } from '../../contract/variables';
import { LocalFunction } from '../lambda/local-function';

export interface LocalFunctionOptions {
  /** Environment variables that override those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
  /** By default the region of the stack, or us-east-1 if it is available only after deployment. */
  readonly region?: string;
  /** In megabytes. By default that of the template. */
  readonly memoryMb?: number;
}

export interface LocalFunctionPlan {
  readonly fn: LocalFunction;
  /** The environment variables with a plausible value, because the real one is available only after deployment. */
  readonly standIns: readonly string[];
  /** What differs from Lambda, for the user. */
  readonly notes: readonly string[];
}

const REGION = 'us-east-1';

/** Lambda's defaults. */
const MEMORY_MB = 128;
const TIMEOUT_SECONDS = 3;

/** A function in a template. */
export interface DeclaredFunction {
  readonly logicalId: string;
  readonly properties: Properties;
  /** The directory of its code. */
  readonly directory: string;
  readonly handler: string;
}

/** The function of an API as its template declares it. */
export function toLocalFunction(api: SynthesizedApi, { region, ...options }: LocalFunctionOptions): LocalFunctionPlan {
  const { logicalId, handler } = api.description.function;
  const declared = { logicalId, handler, properties: functionPropertiesOf(api), directory: assetOf(api) };
  return planFunction(declared, { ...options, region: region ?? regionOf(api) });
}

/** The region of an API's stack. */
export function regionOf({ description }: SynthesizedApi): string {
  return description.region ?? REGION;
}

/** A function as its template declares it. */
export function planFunction({ logicalId, properties, directory, handler }: DeclaredFunction, options: LocalFunctionOptions): LocalFunctionPlan {
  const { FunctionName: name, MemorySize: declaredMemory = MEMORY_MB, Timeout: timeout = TIMEOUT_SECONDS } = properties;
  const { variables = {}, region = REGION, memoryMb } = options;
  const memory = memoryMb ?? declaredMemory;
  const resolved = declaredVariables(properties).filter(([variable]) => !Object.hasOwn(variables, variable))
    .map(([variable, value]) => ({ variable, ...resolveValue(variable, value, region) }));
  // Local secrets have no identifiers, so this variable needs no values.
  const standIns = resolved.filter(({ isKnown, variable }) => !isKnown && variable !== SECRETS_VARIABLE).map(({ variable }) => variable);
  return {
    fn: {
      name: typeof name === 'string' ? name : logicalId,
      directory,
      handler,
      memoryMb: knownNumber(memory, 1024),
      timeoutMs: knownNumber(timeout, 29) * 1000,
      environment: { ...Object.fromEntries(resolved.map(({ variable, value }) => [variable, value])), ...variables },
      region,
    },
    standIns,
    notes: [
      ...standIns.length > 0 ? [standInNote(standIns)] : [],
      ...typeof memory === 'number' ? [] : ['the memory size is available only after deployment: 1024 MB is used'],
      ...typeof timeout === 'number' ? [] : ['the timeout is available only after deployment: 29 s is used'],
    ],
  };
}

/** The environment variables that a template sets for a function. */
export function declaredVariables({ Environment: environment }: Properties): Array<[name: string, value: unknown]> {
  return Object.entries((environment as { readonly Variables?: Properties } | undefined)?.Variables ?? {});
}

function standInNote(names: readonly string[]): string {
  return `the value of ${names.join(', ')} is available only after deployment: a placeholder is used; pass --env NAME=VALUE or --env-file FILE`;
}

/** Synthesis plans with the same values if the real ones are available only after deployment. */
function knownNumber(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
