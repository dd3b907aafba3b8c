import type { BuiltCode } from './built-code';
import type { ModuleGraph } from '../contract/api-description';

/** What tools need to know about built code to determine where its bytes come from. */
export function toModuleGraph({ chunks, imports }: BuiltCode): ModuleGraph {
  return { chunks: chunks.map((chunk) => ({ ...chunk, dynamicImports: chunk.dynamicImports ?? [] })), imports };
}
