import { BuiltCode, Chunk, Origin } from './built-code';

/** A package or a file of the project, with its bytes in some chunks. */
export interface Content extends Origin {
  readonly bytes: number;
}

/** What chunks contain, largest first. */
export function contentsOf(chunks: readonly Chunk[], { originOf }: Pick<BuiltCode, 'originOf'>): Content[] {
  const contents = new Map<string, Content>();
  for (const { inputs } of chunks) {
    for (const [file, bytes] of Object.entries(inputs)) {
      const origin = originOf(file);
      contents.set(origin.name, { ...origin, bytes: (contents.get(origin.name)?.bytes ?? 0) + bytes });
    }
  }
  return [...contents.values()].sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}
