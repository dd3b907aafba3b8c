import { describePlatform, isBinaryName, LambdaCpu, platformOf, runsInLambda } from './binary-platform';
import { CodeFile } from '../built-code';

/** The binaries of one package, by whether a function can run them. */
export interface SortedBinaries {
  /** The files that run in the function. */
  readonly usable: readonly string[];
  /** The files that run elsewhere, each with its platform. */
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

/** Whether there is native code, but none of it runs in the function. */
export function areAllForeign({ usable, foreign }: SortedBinaries): boolean {
  return usable.length === 0 && foreign.size > 0;
}
