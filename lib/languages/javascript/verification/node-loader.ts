import * as path from 'path';
import { LoadFailure, RouterLoader } from '../../../routers/verification/router-loader';
import { MAIN_FILE } from '../entry-source';
import { installedExternals, isExternal, linkExternals, packageName } from '../externals';

const ADVICE = {
  missing: 'Fix the import of the missing module, or name its package in bundling.nodeModules. If a layer has the module, name it in '
    + 'bundling.externalModules.',
  export: 'Export a function (event, context), an object with fetch(request), or the app of a server framework, as default or as "handler". '
    + 'Or export a Node.js function (request, response) as "listener".',
  native: 'Native code cannot be bundled. Add its package to bundling.nodeModules, which installs it for the function.',
  file: 'The asset does not contain the file. Add it with bundling.files, or import it with a loader, like bundling.loader { ".txt": "text" }.',
};

/** The Node.js that verification runs on. */
export interface HostNode {
  readonly path: string;
  /** `v24.1.0` */
  readonly version: string;
}

export const RUNNING_NODE: HostNode = { path: process.execPath, version: process.version };

/** Loads routers in a process of Node.js. */
export class NodeLoader implements RouterLoader {
  public readonly command: readonly [string, string];
  public readonly smokeCommand: readonly [string, string];
  public readonly main = MAIN_FILE;
  // What they refer to may be in a layer, or may need a newer Node.js.
  public readonly processVariables = ['NODE_OPTIONS'];
  public readonly advice = ADVICE;
  public readonly versionAdvice?: string;

  /**
   * @param nodeMajor the major version of Node.js in Lambda
   * @param lookupDirectory modules that are external to the bundle are looked up from here upward
   * @param declared the modules that the user left out of the bundle: code may require them by names that it computes
   * @param host the Node.js of the process
   */
  constructor(
    private readonly nodeMajor: number, private readonly lookupDirectory: string, private readonly declared: readonly string[] = [],
    private readonly host = RUNNING_NODE,
  ) {
    this.command = [host.path, path.join(__dirname, 'load-routers.mjs')];
    this.smokeCommand = [host.path, path.join(__dirname, 'send-requests.mjs')];
    if (majorOf(host) < nodeMajor) {
      this.versionAdvice = `Verification runs on Node.js ${host.version}, but the function runs on ${nodeMajor}. `
        + 'If the cause is a newer API, run synthesis with that version.';
    }
  }

  public linkExternals(externals: readonly string[], asset: string): void {
    linkExternals([...externals, ...installedExternals(this.declared, this.lookupDirectory)], this.lookupDirectory, asset);
  }

  public inconclusiveReason(failure: LoadFailure, externals: readonly string[]): string | undefined {
    const missing = failure.missingModule ?? '';
    const known = externals.find((name) => [name, packageName(name)].includes(missing));
    const external = known ?? (isExternal(missing, this.declared) ? missing : undefined);
    if (external !== undefined) return `it imports "${external}", which is external to the bundle and not installed here`;
    if (failure.advice === 'nativeHere') {
      return 'the native code of a package outside of the bundle does not load on this machine; '
        + `install the project for it with npm ci (${failure.message.split('\n')[0]})`;
    }
    if (failure.needsNewerRuntime && majorOf(this.host) < this.nodeMajor) {
      return `it needs Node.js ${this.nodeMajor}, like the function, but verification runs on ${this.host.version} (${failure.message})`;
    }
    return undefined;
  }
}

function majorOf({ version }: HostNode): number {
  return Number(/\d+/.exec(version));
}
