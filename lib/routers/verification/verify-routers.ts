import { loadEveryRouter } from './load-every-router';
import { describeFailures } from './load-failures';
import { CopiedAsset } from './sandbox';
import { RouterKinds } from '../../contract/router-kind';
import { LazyApiError } from '../../private/errors';
import { Build } from '../build';
import { describeBuild } from '../manifest';
import { Warning } from '../warning';

export interface VerifiedRouters {
  /** Of the routers that loaded. */
  readonly kinds: RouterKinds;
  /** About the others, which only this machine cannot load. */
  readonly warnings: readonly Warning[];
}

/**
 * Loads all routers of a build from a copy of its files, and throws an error if one does not load. `standIns` are the environment variables with
 * plausible values.
 */
export function verifyRouters(build: Build, copy: CopiedAsset, standIns: readonly string[]): VerifiedRouters {
  const { code: { loader, routers }, built: { routerFiles, externals } } = build;
  const loadable = routers.map(({ prefix, name, entry }) => ({ prefix, entry, file: routerFiles.get(name)! }));
  const { kinds, failures } = loadEveryRouter(loadable, loader, copy);
  const judged = failures.map((failure) => ({ failure, reason: loader.inconclusiveReason(failure, externals) }));
  const wrong = judged.filter(({ reason }) => reason === undefined).map(({ failure }) => failure);
  if (wrong.length > 0) {
    throw new LazyApiError('ROUTER_DOES_NOT_LOAD', describeFailures(wrong, { loader, manifest: describeBuild(build, new Map(), 0), standIns }));
  }
  if (!build.options.entry.traits.streaming) checkNoneStreams(build, kinds);
  const warnings = judged.map(({ failure, reason }) => ({ id: 'bundling', text: `${failure.prefix} could not be verified: ${reason}` }));
  return { kinds, warnings };
}

/** Streaming handlers are called with a stream, and an endpoint that does not stream has none for them. */
function checkNoneStreams({ code: { routers } }: Build, kinds: RouterKinds): void {
  const streaming = routers.filter(({ prefix }) => kinds.get(prefix) === 'stream').map(({ prefix, entry }) => `"${prefix}" (${entry})`);
  if (streaming.length === 0) return;
  throw new LazyApiError(
    'ROUTER_STREAMS',
    `${streaming.join(', ')}: the handler streams its answer (awslambda.streamifyResponse), and the endpoint does not; `
    + 'use ApiEndpoint.rest({ streaming: true }) or ApiEndpoint.functionUrl({ streaming: true }), or export a handler that returns its answer',
  );
}
