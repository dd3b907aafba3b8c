import { findNode } from './find-node';
import { THIS_MACHINE } from './machine';
import { nodeMajor } from '../../languages/javascript/node-version';
import { HostNode, NodeLoader, RUNNING_NODE } from '../../languages/javascript/verification/node-loader';
import { FileToWrite } from '../../private/write-files';
import { isExecutable } from '../../routers/asset/is-executable';
import { listFiles } from '../../routers/asset/list-files';
import { readManifest } from '../assembly/local-asset';
import type { VerifiableAsset } from '../language/local-language';
import type { LocalCode } from '../verify/local-code';

/** @param node the path of the Node.js to verify on */
export function toVerifiableNode(code: LocalCode, node: string | undefined): VerifiableAsset {
  const installed = (readManifest(code.directory).packages ?? []).map(({ directory }) => directory.replace(/^.*node_modules\//, ''));
  const major = nodeMajor(code.runtime);
  return {
    loader: new NodeLoader(major, code.lookupDirectory, [], hostNode(major, node)),
    files: filesOf(code),
    externals: [...new Set([...code.externals, ...installed])],
    warnings: [],
  };
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
