import { resolve } from 'node:path';
import { findApiOf } from '../local/assembly/find-apis';
import type { LocalAsset } from '../local/assembly/local-asset';
import { languageOf, languageOfAsset } from '../local/language/find-language';
import type { FoundRuntime } from '../local/language/found-runtime';
import type { Programs } from '../local/language/programs';

/** The built code of a function, and what runs it. */
export interface AssetCode extends LocalAsset, FoundRuntime {
  readonly notes: readonly string[];
  readonly handler: string;
}

/** If the assembly is around the asset, its function is used, and packages for another platform are replaced. */
export function assetCode(asset: string, given: Programs): AssetCode {
  const api = findApiOf(asset);
  const language = api ? languageOf(api) : languageOfAsset(asset);
  const { handler, runtime } = api?.description.function ?? language.defaultsOf(asset);
  const programs = { node: toPath(given.node), python: toPath(given.python) };
  const program = programs[language.program];
  const { command, notes } = program === undefined ? language.findRuntime(runtime, programs) : language.runtimeAt(program, runtime);
  const code = api ? language.localAsset(api, programs) : { directory: asset, close: () => {} };
  return { handler, command, ...code, notes: [...notes, ...code.notes ?? []] };
}

/** The process of the function runs in another directory. A name without a directory is looked up on the PATH. */
function toPath(program: string | undefined): string | undefined {
  return program !== undefined && /[\\/]/.test(program) ? resolve(program) : program;
}
