import type { BuiltCode, Chunk, IndexFile } from './built-code';
import type { GraphChunk, GraphOrigin, ModuleGraph } from '../contract/api-description';

/** What tools need to know about built code to determine where its bytes come from. */
export function toModuleGraph(built: BuiltCode, index: IndexFile): ModuleGraph {
  const { chunks, imports } = built;
  return { chunks: [indexChunk(chunks, index), ...chunks].map(toGraphChunk), imports, origins: originsOf(built) };
}

/** Lambda loads the index, and the index loads the entry. */
function indexChunk(chunks: readonly Chunk[], { path: file, contents, parts = [] }: IndexFile): Chunk {
  const imports = chunks.filter((chunk) => chunk.role === 'entry' || parts.includes(chunk.file)).map((chunk) => chunk.file);
  return { file, role: 'entry', bytes: contents.length, imports, inputs: {} };
}

function toGraphChunk(chunk: Chunk): GraphChunk {
  return { files: chunk.role === 'package' ? 0 : 1, dynamicImports: [], ...chunk };
}

/** The project's own files are left out, because each of them is its own origin. */
function originsOf({ chunks, imports, originOf }: BuiltCode): GraphOrigin[] {
  const sources = new Set([...chunks.flatMap(({ inputs }) => Object.keys(inputs)), ...Object.keys(imports)]);
  const origins = new Map<string, GraphOrigin & { readonly sources: string[] }>();
  for (const source of sources) {
    const { name, kind } = originOf(source);
    if (kind === 'project') continue;
    const origin = origins.get(name) ?? { name, kind, sources: [] };
    origins.set(name, origin);
    origin.sources.push(source);
  }
  return [...origins.values()];
}
