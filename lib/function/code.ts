import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { assembleAsset } from '../routers/asset';
import { checkBudgets } from '../routers/budgets';
import { Build, bundle, BundleSpec } from '../languages/javascript/bundle';
import { Bundler } from '../languages/javascript/bundler';
import { Verified, Verify, VerifyContext } from '../routers/verification/verify';
import { BundleWarning, coldStartWarnings } from '../routers/warnings';
import { ApiManifest } from '../contract/manifest';
import { stageCode } from '../private/stage-code';

export interface BundledCode {
  readonly code: lambda.Code;
  /** Undefined where this synthesis skips bundling. */
  readonly manifest?: ApiManifest;
  readonly warnings: readonly string[];
  /** What makes cold starts slower than they need be. */
  readonly coldStartWarnings: readonly BundleWarning[];
  /** The modules that the bundle leaves out and imports. */
  readonly externals: readonly string[];
}

/** What is known of the function that runs the code. */
export interface CodeContext extends VerifyContext {
  /** In milliseconds; undefined where synthesis does not know it. */
  readonly timeoutMs?: number;
}

/** One app bundles one specification once, however many Stages it stands in. */
const builds = new WeakMap<IConstruct, Map<string, Build>>();
const verifications = new WeakMap<Build, Map<string, Verified>>();

/** The code of a function: built and verified in memory, then staged by CDK. */
export function bundleCode(scope: IConstruct, spec: BundleSpec, verify: Verify, context: CodeContext, bundler: Bundler): BundledCode {
  if (!Stack.of(scope).bundlingRequired) {
    return { code: stageCode(spec.projectRoot, [], 'skipped'), warnings: [], coldStartWarnings: [], externals: [] };
  }

  const key = JSON.stringify({ ...spec, budgets: undefined, preload: [spec.preload._description, spec.preload._threshold(spec.memoryMb)] });
  const build = remember(rememberedFor(builds, scope.node.root), key, () => bundle(spec, bundler));
  if (spec.budgets) checkBudgets(build, spec.budgets);
  const { kinds, warnings } = remember(
    rememberedFor(verifications, build),
    `${verify._key} ${JSON.stringify(context.environment)}`,
    () => verify._verify(build, context),
  );
  const asset = assembleAsset(build, kinds);
  return {
    // The key of CDK's asset cache does not cover the files in memory: the digest as the asset's hash keeps two APIs apart.
    code: stageCode(spec.projectRoot, asset.files, asset.digest),
    manifest: asset.manifest,
    warnings: [...build.result.warnings, ...warnings],
    coldStartWarnings: coldStartWarnings(build, spec.preload, spec.memoryMb, context.timeoutMs),
    externals: build.externals,
  };
}

function rememberedFor<K extends object, V>(memory: WeakMap<K, Map<string, V>>, owner: K): Map<string, V> {
  let map = memory.get(owner);
  if (!map) memory.set(owner, (map = new Map()));
  return map;
}

function remember<V>(memory: Map<string, V>, key: string, make: () => V): V {
  let value = memory.get(key);
  if (value === undefined) memory.set(key, (value = make()));
  return value;
}
