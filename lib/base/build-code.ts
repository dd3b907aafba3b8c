import { Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ResolvedApi } from './resolve-api';
import { ApiManifest } from '../contract/manifest';
import { plausibleEnvironment } from '../function/environment';
import { stageCode } from '../private/stage-code';
import { known } from '../private/tokens';
import { Asset, assembleAsset } from '../routers/asset';
import { checkBudgets } from '../routers/budgets';
import { Build, buildKey, buildRouters } from '../routers/build';
import { Warning } from '../routers/warning';
import { coldStartWarnings } from '../routers/warnings';

/** Code that is ready for deployment. */
export interface DeployableCode {
  readonly code: lambda.Code;
  /** Undefined if this synthesis skips bundling. */
  readonly manifest?: ApiManifest;
  readonly warnings: readonly Warning[];
}

interface VerifiedAsset {
  readonly asset: Asset;
  readonly warnings: readonly string[];
}

/** An app builds equal code once, in however many stages it is deployed. */
const builds = new WeakMap<IConstruct, Map<string, Build>>();
const verifications = new WeakMap<Build, Map<string, VerifiedAsset>>();

/** Builds the code in memory, verifies a copy of it in a temporary directory, and lets the CDK stage it as an asset. */
export function buildCode(scope: IConstruct, api: ResolvedApi): DeployableCode {
  const { code, buildOptions, props } = api;
  if (!Stack.of(scope).bundlingRequired) return { code: stageCode(code.projectRoot, [], 'skipped'), warnings: [] };

  const build = remember(rememberedFor(builds, scope.node.root), buildKey(code, buildOptions), () => buildRouters(code, buildOptions));
  if (props.budgets) checkBudgets(build, props.budgets);
  const { asset, warnings } = verify(scope, build, api);
  return {
    // The key of CDK's asset cache does not cover the files in memory: the digest as the asset's hash keeps two APIs apart.
    code: stageCode(code.projectRoot, [...asset.files, ...asset.installedFiles], asset.digest),
    manifest: asset.manifest,
    warnings: [
      ...coldStartWarnings(build, { policy: buildOptions.preload, memoryMb: buildOptions.memoryMb, timeoutMs: api.timeoutMs }),
      ...[...build.built.warnings, ...warnings].map((text) => ({ id: 'bundling', text })),
      ...build.built.findings ?? [],
      ...externalWarnings(build, api),
    ],
  };
}

/** Loads the routers, completes the asset with what that showed, and sends the smoke requests to it. */
function verify(scope: IConstruct, build: Build, { environment, props }: ResolvedApi): VerifiedAsset {
  const plausible = plausibleEnvironment(environment);
  const context = { environment: { ...knownRegion(scope), ...plausible.environment }, standIns: plausible.standIns };
  const key = `${props.verify._key} ${JSON.stringify(context.environment)}`;
  return remember(rememberedFor(verifications, build), key, () => {
    const { kinds, warnings } = props.verify._verify(build, context);
    const asset = assembleAsset(build, kinds);
    props.verify._smokeTest(asset, build, context);
    return { asset, warnings };
  });
}

function knownRegion(scope: IConstruct): Readonly<Record<string, string>> {
  const region = known(Stack.of(scope).region);
  return region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

/** Verification finds external modules in the project. Lambda has only its own AWS SDK and what layers bring. */
function externalWarnings({ built: { fromLayers } }: Build, { props: { layers = [] } }: ResolvedApi): Warning[] {
  if (fromLayers.length === 0 || layers.length > 0) return [];
  return [{
    id: 'externalWithoutLayer',
    text: `${fromLayers.join(', ')}: external to the bundle, and the function has no layer; routers that import it answer 500 unless Lambda has it`,
  }];
}

function rememberedFor<K extends object, V>(memory: WeakMap<K, Map<string, V>>, owner: K): Map<string, V> {
  const map = memory.get(owner) ?? new Map<string, V>();
  memory.set(owner, map);
  return map;
}

function remember<V>(memory: Map<string, V>, key: string, make: () => V): V {
  const value = memory.get(key) ?? make();
  memory.set(key, value);
  return value;
}
