import { Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ResolvedApi } from './resolve-api';
import type { ModuleGraph } from '../contract/api-description';
import { ApiManifest } from '../contract/manifest';
import { plausibleEnvironment } from '../function/environment';
import { stageCode } from '../private/stage-code';
import { known } from '../private/tokens';
import { Asset, assembleAsset } from '../routers/asset/asset';
import { checkBudgets } from '../routers/budgets/budgets';
import { Build, buildKey, buildRouters, withObservedImports } from '../routers/build';
import { coldStartWarnings } from '../routers/warnings/cold-start-warnings';
import { openFindings } from '../routers/warnings/open-findings';
import { Warning } from '../routers/warnings/warning';

/** Code that is ready for deployment. */
export interface DeployableCode {
  readonly code: lambda.Code;
  /** Undefined if this synthesis skips bundling. */
  readonly built?: { readonly build: Build; readonly manifest: ApiManifest; readonly modules: ModuleGraph };
  readonly warnings: readonly Warning[];
}

interface VerifiedBuild {
  /** The build with the final plan. */
  readonly build: Build;
  readonly asset: Asset;
  readonly warnings: readonly Warning[];
}

/** An app builds equal code once, regardless of how many stages deploy it. */
const builds = new WeakMap<IConstruct, Map<string, Build>>();
const verifications = new WeakMap<Build, Map<string, VerifiedBuild>>();

/** Builds the code in memory, verifies a copy of it in a temporary directory, and lets the CDK stage it as an asset. */
export function buildCode(scope: IConstruct, api: ResolvedApi): DeployableCode {
  const { code, buildOptions, props } = api;
  if (!Stack.of(scope).bundlingRequired) return { code: stageCode(code.projectRoot, [], 'skipped'), warnings: [] };

  const built = remember(rememberedFor(builds, scope.node.root), buildKey(code, buildOptions), () => buildRouters(code, buildOptions));
  // Smoke requests can only add to what cold starts load, so a budget that is already exceeded can fail without them.
  if (props.budgets) checkBudgets(built, props.budgets);
  const { build, asset, warnings } = verify(scope, built, api);
  if (props.budgets) checkBudgets(build, props.budgets);
  return {
    // The key of CDK's asset cache does not cover files in memory. With the digest as the asset hash, two APIs do not share an entry.
    code: stageCode(code.projectRoot, [...asset.files, ...asset.installedFiles], asset.digest),
    built: { build, manifest: asset.manifest, modules: asset.modules },
    warnings: [
      ...coldStartWarnings(build, { policy: buildOptions.preload, memoryMb: buildOptions.memoryMb, timeoutMs: api.timeoutMs }),
      ...build.built.warnings.map((text) => ({ id: 'bundling', text })),
      ...warnings,
      ...externalWarnings(build, api),
    ],
  };
}

/** Loads the routers, sends smoke requests, and completes the plan and the asset with the results. */
function verify(scope: IConstruct, built: Build, { environment, endpoint: { eventSource }, props }: ResolvedApi): VerifiedBuild {
  const plausible = plausibleEnvironment(environment);
  const context = { environment: { ...knownRegion(scope), ...plausible.environment }, standIns: plausible.standIns, eventSource };
  const key = JSON.stringify([props.verify._key, context]);
  return remember(rememberedFor(verifications, built), key, () => {
    const { kinds, imports, proved, warnings } = props.verify._verify(built, context);
    const build = withObservedImports(built, imports);
    return { build, asset: assembleAsset(build, kinds), warnings: [...warnings, ...openFindings(build, proved)] };
  });
}

function knownRegion(scope: IConstruct): Readonly<Record<string, string>> {
  const region = known(Stack.of(scope).region);
  return region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

/** Verification finds external modules in the project. Lambda has only its own AWS SDK and what layers add. */
function externalWarnings({ built: { fromLayers } }: Build, { props: { layers = [] } }: ResolvedApi): Warning[] {
  if (fromLayers.length === 0 || layers.length > 0) return [];
  return [{
    id: 'externalWithoutLayer',
    text: `${fromLayers.join(', ')}: external to the bundle, but the function has no layer; `
      + 'routers that import it return 500 responses unless the runtime includes it',
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
