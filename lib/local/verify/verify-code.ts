import { LocalCode } from './local-code';
import { RouterKinds } from '../../contract/router-kind';
import { VerifiableRouter } from '../../routers/verification/load-every-router';
import { withCopy } from '../../routers/verification/sandbox';
import { toSmokeEvents } from '../../routers/verification/smoke/smoke-event';
import { SmokeRequest } from '../../routers/verification/smoke/smoke-requests';
import { smokeTest } from '../../routers/verification/smoke/smoke-test';
import { verifyRouters } from '../../routers/verification/verify-routers';
import { readManifest } from '../assembly/local-asset';
import { languageOfRuntime } from '../language/find-language';
import type { Programs } from '../language/programs';

export interface VerifiedCode {
  readonly routers: readonly VerifiableRouter[];
  /** The kinds of the routers that loaded. */
  readonly kinds: RouterKinds;
  /** Warnings about what this machine cannot verify. */
  readonly warnings: readonly string[];
}

/**
 * Verifies built code as synthesis does. Throws an error if a router does not load, or does not respond to a request as declared.
 *
 * @param programs the programs to verify on
 */
export function verifyCode(code: LocalCode, requests: readonly SmokeRequest[], programs: Programs): VerifiedCode {
  const { directory, handler, environment, standIns, modules, endpoint: { source: eventSource, traits } } = code;
  const manifest = readManifest(directory);
  const { routers } = manifest;
  const { loader, files, externals, warnings } = languageOfRuntime(code.runtime)!.toVerifiable(code, programs);
  const events = toSmokeEvents(requests, { prefixes: routers.map(({ prefix }) => prefix), traits, eventSource });
  return withCopy({ files, externals, handler, loader }, environment, (copy) => {
    const loaded = verifyRouters({ routers, loader, manifest, modules, externals, streaming: traits.streaming }, copy, standIns);
    const smoke = smokeTest(loader, loaded.kinds, { requests, events }, copy);
    return { routers, kinds: loaded.kinds, warnings: [...warnings, ...[...loaded.warnings, ...smoke.warnings].map(({ text }) => text)] };
  });
}
