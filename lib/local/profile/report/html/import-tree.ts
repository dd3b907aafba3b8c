import type { SourceImports } from '../../causes';

/** The shortest import chains from routers to source files: by source file, the file that imports it. Undefined for a router. */
export type ImportTree = ReadonlyMap<string, string | undefined>;

/** @param entries the source files of routers */
export function importTree(imports: SourceImports, entries: readonly string[]): ImportTree {
  const tree = new Map<string, string | undefined>(entries.map((entry) => [entry, undefined]));
  // The loop also visits entries that are added while it runs.
  for (const [file] of tree) {
    for (const imported of imports[file] ?? []) if (!tree.has(imported)) tree.set(imported, file);
  }
  return tree;
}
