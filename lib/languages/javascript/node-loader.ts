import * as path from 'path';
import { MAIN_FILE } from './entry-source';
import { linkExternals, packageName } from './externals';
import { LoadFailure, RouterLoader } from '../../routers/verification/router-loader';

const ADVICE = {
  export: 'Export a function (event, context), or an object with fetch(request), as default or as "handler".',
  native: 'Native code cannot be bundled: add the package that it belongs to to bundling.nodeModules, which installs it for the function.',
  file: 'The asset holds code only: import the file, with a loader for it, like bundling.loader { ".txt": "text" }.',
};

/** Loads routers in a process of the Node.js that synthesis runs on. */
export class NodeLoader implements RouterLoader {
  public readonly command: readonly [string, string] = [process.execPath, path.join(__dirname, 'load-routers.mjs')];
  public readonly main = MAIN_FILE;
  // What they name may be in a layer, or known to a newer Node.js only.
  public readonly processVariables = ['NODE_OPTIONS'];
  public readonly advice = ADVICE;
  public readonly versionAdvice?: string;

  /**
   * @param nodeMajor the major version of Node.js in Lambda
   * @param lookupDirectory modules that are external to the bundle are looked up from here upward
   */
  constructor(private readonly nodeMajor: number, private readonly lookupDirectory: string) {
    if (hostMajor() < nodeMajor) {
      this.versionAdvice = `Synthesis runs on Node.js ${process.version}, the function on ${nodeMajor}: `
        + 'if the cause is a newer API, synthesise with that version.';
    }
  }

  public linkExternals(externals: readonly string[], asset: string): void {
    linkExternals(externals, this.lookupDirectory, asset);
  }

  public inconclusiveReason(failure: LoadFailure, externals: readonly string[]): string | undefined {
    const external = externals.find((name) => [name, packageName(name)].includes(failure.missingModule ?? ''));
    if (external !== undefined) return `it imports "${external}", which is external to the bundle and not installed here`;
    if (failure.advice === 'nativeHere') {
      return 'native code of a package that is not in the bundle does not load on this machine; '
        + `install the project for it with npm ci (${failure.message.split('\n')[0]})`;
    }
    if (failure.needsNewerRuntime && hostMajor() < this.nodeMajor) {
      return `it needs the Node.js ${this.nodeMajor} of the function, and synthesis runs on ${process.version} (${failure.message})`;
    }
    return undefined;
  }
}

function hostMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}
