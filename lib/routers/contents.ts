import { Chunk } from '../languages/javascript/bundler';

/** The package of a file below node_modules, else the file. */
export function contentName(input: string): string {
  if (input.startsWith('<data:')) return 'cdk-lazy-api/runtime';
  const pkg = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  return pkg ?? input;
}

/** What chunks hold, packages and files of the project's own, largest first. */
export function contentsOf(chunks: readonly Chunk[]): Array<{ readonly name: string; readonly bytes: number }> {
  const sizes = new Map<string, number>();
  for (const { inputs } of chunks) {
    for (const [input, bytes] of Object.entries(inputs)) {
      const name = contentName(input);
      sizes.set(name, (sizes.get(name) ?? 0) + bytes);
    }
  }
  return [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}
