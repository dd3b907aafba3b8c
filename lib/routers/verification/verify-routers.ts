import { loadEveryRouter, VerifiableRouter } from './load-every-router';
import { describeFailures } from './load-failures';
import { RouterLoader } from './router-loader';
import { CopiedAsset } from './sandbox';
import type { ModuleGraph } from '../../contract/api-description';
import { ApiManifest } from '../../contract/manifest';
import { RouterKinds } from '../../contract/router-kind';
import { LazyApiError } from '../../private/errors';
import { Warning } from '../warnings/warning';

/** The code of a function: a build, or an asset that was built before. */
export interface VerifiableCode {
  readonly routers: readonly VerifiableRouter[];
  readonly loader: RouterLoader;
  /** What was built. */
  readonly manifest: ApiManifest;
  /** Which source files are in which chunk, if that is known. */
  readonly modules?: ModuleGraph;
  /** Modules that are external to the code. */
  readonly externals: readonly string[];
  /** Whether the endpoint streams. */
  readonly streaming: boolean;
}

export interface VerifiedRouters {
  /** The kinds of the routers that loaded. */
  readonly kinds: RouterKinds;
  /** Warnings about the other routers, which only this machine cannot load. */
  readonly warnings: readonly Warning[];
}

/**
 * Loads all routers from a copy of the code, and throws an error if one does not load. `standIns` are the environment variables with
 * plausible values.
 */
export function verifyRouters(code: VerifiableCode, copy: CopiedAsset, standIns: readonly string[]): VerifiedRouters {
  const { routers, loader, manifest, modules, externals, streaming } = code;
  const { kinds, failures } = loadEveryRouter(routers, loader, copy);
  const judged = failures.map((failure) => ({ failure, reason: loader.inconclusiveReason(failure, externals) }));
  const wrong = judged.filter(({ reason }) => reason === undefined).map(({ failure }) => failure);
  if (wrong.length > 0) throw new LazyApiError('ROUTER_DOES_NOT_LOAD', describeFailures(wrong, { loader, manifest, modules, standIns }));
  if (!streaming) checkNoneStreams(routers, kinds);
  const warnings = judged.map(({ failure, reason }) => ({ id: 'bundling', text: `${failure.prefix} could not be verified: ${reason}` }));
  return { kinds, warnings };
}

/** Streaming handlers are called with a stream. An endpoint that does not stream has none for them. */
function checkNoneStreams(routers: readonly VerifiableRouter[], kinds: RouterKinds): void {
  const streaming = routers.filter(({ prefix }) => kinds.get(prefix) === 'stream').map(({ prefix, entry }) => `"${prefix}" (${entry})`);
  if (streaming.length === 0) return;
  throw new LazyApiError(
    'ROUTER_STREAMS',
    `${streaming.join(', ')}: the handler streams its response (awslambda.streamifyResponse), but the endpoint does not stream; `
    + 'use ApiEndpoint.rest({ streaming: true }) or ApiEndpoint.functionUrl({ streaming: true }), or export a handler that returns its response',
  );
}
