import * as path from 'node:path';
import { LocalCode } from './local-code';
import { PLAIN_ENDPOINT } from '../../contract/endpoint';
import { findApiOf } from '../assembly/find-apis';
import { isForeign } from '../assembly/local-asset';
import { readModuleGraph } from '../assembly/read-module-graph';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import { toLocalFunction } from '../assembly/to-local-function';
import { languageOfAsset } from '../language/find-language';
import { lookupDirectoryOf } from '../node/node-asset';

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
