import { findApiOf } from '../local/assembly/find-apis';
import type { LocalAsset } from '../local/assembly/local-asset';
import { languageOfAsset } from '../local/language/find-language';
import type { FoundRuntime } from '../local/language/found-runtime';
import type { Programs } from '../local/language/programs';

/** The built code of a function, and what runs it. */
export interface AssetCode extends LocalAsset, FoundRuntime {
  readonly notes: readonly string[];
  readonly handler: string;
}

/** If the assembly is around the asset, packages for another platform are replaced. */
export function assetCode(asset: string, programs: Programs): AssetCode {
  const language = languageOfAsset(asset);
  const { handler, runtime } = language.defaultsOf(asset);
  const program = programs[language.program];
  const { command, notes } = program === undefined ? language.findRuntime(runtime, programs) : language.runtimeAt(program, runtime);
  const api = findApiOf(asset);
  const code = api ? language.localAsset(api, programs) : { directory: asset, close: () => {} };
  return { handler, command, ...code, notes: [...notes, ...code.notes ?? []] };
}
