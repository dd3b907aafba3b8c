import { describePlatform, isBinaryName, LambdaCpu, platformOf, runsInLambda } from './binary-platform';
import { CodeFile } from '../built-code';

/** What the binaries of one package are worth to a function. */
export interface SortedBinaries {
  /** The files that run in the function. */
  readonly usable: readonly string[];
  /** The files that run somewhere else, each with what it runs on. */
  readonly foreign: ReadonlyMap<string, string>;
}

/** Sorts the native code among files by whether a function of this architecture can load it. */
export function sortBinaries(files: readonly CodeFile[], cpu: LambdaCpu): SortedBinaries {
  const usable: string[] = [];
  const foreign = new Map<string, string>();
  for (const { path, contents } of files) {
    const platform = isBinaryName(path) ? platformOf(contents) : undefined;
    if (platform === undefined) continue;
    if (runsInLambda(platform, cpu)) usable.push(path);
    else foreign.set(path, describePlatform(platform));
  }
  return { usable, foreign };
}

/** Whether there is native code, and none of it runs in the function. */
export function areAllForeign({ usable, foreign }: SortedBinaries): boolean {
  return usable.length === 0 && foreign.size > 0;
}
