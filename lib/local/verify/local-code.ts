import * as path from 'node:path';
import { DescribedEndpoint, ModuleGraph } from '../../contract/api-description';
import { PLAIN_ENDPOINT } from '../../contract/endpoint';
import { findApiOf } from '../assembly/find-apis';
import { isForeign } from '../assembly/local-asset';
import { readModuleGraph } from '../assembly/read-module-graph';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import { toLocalFunction } from '../assembly/to-local-function';
import { languageOfAsset } from '../language/find-language';
import { lookupDirectoryOf } from '../node/node-asset';

/** The built code of a function, and what is known about the function. */
export interface LocalCode {
  /** The API that the code is of. Undefined for a directory without an assembly. */
  readonly api?: SynthesizedApi;
  /** The directory of the asset. */
  readonly directory: string;
  readonly handler: string;
  readonly runtime: string;
  readonly endpoint: DescribedEndpoint;
  readonly environment: Readonly<Record<string, string>>;
  /** The environment variables with plausible values. */
  readonly standIns: readonly string[];
  /** Modules that are external to the asset. */
  readonly externals: readonly string[];
  /** Modules that are external to the asset are looked up from here upward. */
  readonly lookupDirectory: string;
  /** Which source files are in which chunk. Undefined for a directory without an assembly. */
  readonly modules?: ModuleGraph;
  /** Whether the packages in the asset are for this machine's platform. */
  readonly hasUsablePackages: boolean;
}

/** The code of an API of an assembly. */
export function codeOfApi(api: SynthesizedApi, variables: Readonly<Record<string, string>>): LocalCode {
  const { function: { handler, runtime, architecture }, endpoint, code: { externals } } = api.description;
  const { fn, standIns } = toLocalFunction(api, { variables });
  const region = { AWS_REGION: fn.region, AWS_DEFAULT_REGION: fn.region };
  return {
    api,
    directory: assetOf(api),
    handler,
    runtime,
    endpoint,
    environment: { ...region, ...fn.environment },
    standIns,
    externals,
    lookupDirectory: lookupDirectoryOf(api),
    modules: readModuleGraph(api),
    hasUsablePackages: !isForeign(architecture),
  };
}

/** The code in a directory. If the directory is in an assembly, what the assembly contains about its function applies. */
export function codeInDirectory(directory: string, variables: Readonly<Record<string, string>>): LocalCode {
  const asset = path.resolve(directory);
  const api = findApiOf(asset);
  return api ? codeOfApi(api, variables) : {
    directory: asset,
    ...languageOfAsset(asset).defaultsOf(asset),
    endpoint: { source: 'HTTP API', traits: PLAIN_ENDPOINT },
    environment: variables,
    standIns: [],
    externals: [],
    lookupDirectory: process.cwd(),
    hasUsablePackages: process.platform === 'linux',
  };
}
