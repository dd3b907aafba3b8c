import { LocalCode } from './local-code';
import { RouterKinds } from '../../contract/router-kind';
import { nodeMajor } from '../../languages/javascript/node-version';
import { HostNode, NodeLoader, RUNNING_NODE } from '../../languages/javascript/verification/node-loader';
import { FileToWrite } from '../../private/write-files';
import { isExecutable } from '../../routers/asset/is-executable';
import { listFiles } from '../../routers/asset/list-files';
import { VerifiableRouter } from '../../routers/verification/load-every-router';
import { withCopy } from '../../routers/verification/sandbox';
import { toSmokeEvents } from '../../routers/verification/smoke/smoke-event';
import { SmokeRequest } from '../../routers/verification/smoke/smoke-requests';
import { smokeTest } from '../../routers/verification/smoke/smoke-test';
import { verifyRouters } from '../../routers/verification/verify-routers';
import { readManifest } from '../assembly/local-asset';
import { findNode } from '../node/find-node';
import { THIS_MACHINE } from '../node/machine';

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
 * @param node the path of the Node.js to verify on
 */
export function verifyCode(code: LocalCode, requests: readonly SmokeRequest[], node?: string): VerifiedCode {
  const { handler, environment, standIns, endpoint: { source: eventSource, traits } } = code;
  const manifest = readManifest(code.directory);
  const { routers } = manifest;
  const installed = (manifest.packages ?? []).map(({ directory }) => directory.replace(/^.*node_modules\//, ''));
  const externals = [...new Set([...code.externals, ...installed])];
  const major = nodeMajor(code.runtime);
  const loader = new NodeLoader(major, code.lookupDirectory, [], hostNode(major, node));
  const events = toSmokeEvents(requests, { prefixes: routers.map(({ prefix }) => prefix), traits, eventSource });
  return withCopy({ files: filesOf(code), externals, handler, loader }, environment, (copy) => {
    const loaded = verifyRouters({ routers, loader, manifest, modules: code.modules, externals, streaming: traits.streaming }, copy, standIns);
    const smoke = smokeTest(loader, loaded.kinds, { requests, events }, copy);
    return { routers, kinds: loaded.kinds, warnings: [...loaded.warnings, ...smoke.warnings].map(({ text }) => text) };
  });
}

/** Like synthesis, verification also runs on a Node.js that is older than the runtime requires. */
function hostNode(major: number, given: string | undefined): HostNode {
  try {
    const { path } = findNode(major, given, THIS_MACHINE);
    return { path, version: THIS_MACHINE.versionOf(path)! };
  } catch (error) {
    if (given !== undefined) throw error;
    return RUNNING_NODE;
  }
}

/** Packages for another platform come from the project. */
function filesOf({ directory, hasUsablePackages }: LocalCode): FileToWrite[] {
  return listFiles(directory)
    .filter(({ kind, relative }) => kind === 'a file' && (hasUsablePackages || !relative.startsWith('node_modules/')))
    .map(({ file, relative }) => ({ path: relative, source: file, executable: isExecutable(file) }));
}
