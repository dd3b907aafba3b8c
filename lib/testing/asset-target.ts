import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AssetCode } from './asset-code';
import { DEFAULT_TIMEOUT_MS, REGION } from './lambda-context';
import type { AssetTestApiOptions } from './test-api-options';
import type { TestEndpointKind } from './test-endpoint';
import { TestTarget } from './test-target';
import { ApiManifest, MANIFEST_FILE } from '../contract/manifest';
import { LocalFunction } from '../local/lambda/local-function';
import { LocalLambda } from '../local/lambda/local-lambda';
import type { Programs } from '../local/language/programs';
import { startLocalSecrets } from '../local/secrets/local-secrets';
import { declaring, toSecretValues } from '../local/secrets/secret-values';
import { show } from '../private/check';
import { LazyApiError } from '../private/errors';

const DEFAULT_MEMORY_MB = 1024;

/** A function's built code, in a separate process under Lambda's runtime client. */
export function createAssetTarget(options: AssetTestApiOptions): TestTarget {
  const directory = directoryOf(options.asset);
  const prefixes = readPrefixes(directory);
  let started: Promise<Started> | undefined;
  return {
    prefixes,
    load: async () => {},
    invoke: async (event) => {
      const { lambda } = await (started ??= start(directory, options));
      const { result } = await lambda.invoke(JSON.stringify(event));
      if (result.kind === 'failed') process.stderr.write(`${result.errorType}: ${result.errorMessage}\n`);
      return result;
    },
    close: async () => (await started)?.close(),
  };
}

/** The kind of endpoint cannot be determined from a path. */
export function endpointKindOf(asset: AssetTestApiOptions['asset']): TestEndpointKind {
  if (typeof asset === 'string' || asset.httpApi) return 'http';
  return asset.restApi ? 'rest' : 'functionUrl';
}

interface Started {
  readonly lambda: LocalLambda;
  close(): Promise<void>;
}

/** Loaded when a function starts, because test APIs of router modules need none of it. */
function codeOf(asset: string, programs: Programs): AssetCode {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- not `import()`, which test runners refuse in CommonJS
  return (require('./asset-code') as typeof import('./asset-code')).assetCode(asset, programs);
}

async function start(asset: string, options: AssetTestApiOptions): Promise<Started> {
  const { environment, secrets, parameters, node = process.execPath, python, timeoutMs = DEFAULT_TIMEOUT_MS, memoryMb = DEFAULT_MEMORY_MB } = options;
  const code = codeOf(asset, { node, python });
  for (const note of code.notes) process.stderr.write(`note: ${note}\n`);
  const values = toSecretValues({ secrets, parameters });
  const served = secrets || parameters ? await startLocalSecrets(declaring(values), values) : undefined;
  const fn: LocalFunction = {
    name: 'api',
    directory: code.directory,
    packages: code.packages,
    handler: code.handler,
    memoryMb,
    timeoutMs,
    region: REGION,
    environment: { ...served?.variables, ...environment },
  };
  const lambda = new LocalLambda({ fn, command: code.command(fn) }, { output: (text, stream) => process[stream].write(text) });
  return {
    lambda,
    close: async () => {
      served?.close();
      await lambda.close();
      code.close();
    },
  };
}

function directoryOf(asset: AssetTestApiOptions['asset']): string {
  const directory = typeof asset === 'string' ? asset : asset.assetPath;
  // The process of the function runs in another directory.
  if (directory !== undefined) return resolve(directory);
  throw new LazyApiError('TEST_API', 'asset must be a construct with an assetPath, got one without; this synthesis skips bundling: '
    + 'remove the context value aws:cdk:bundling-stacks');
}

function readPrefixes(directory: string): string[] {
  try {
    const { routers } = JSON.parse(readFileSync(join(directory, MANIFEST_FILE), 'utf8')) as ApiManifest;
    return routers.map(({ prefix }) => prefix);
  } catch (cause) {
    throw new LazyApiError('TEST_API', `asset must be the directory of a function's built code, got ${show(directory)} without a readable `
      + `${MANIFEST_FILE}; synthesize the app, and pass the assetPath of the construct`, { cause });
  }
}
