import { BuiltCode } from './built-code';

/** The shortest import chain from one source file to another that meets the condition: its files, including both ends. */
export function importChain(imports: BuiltCode['imports'], from: string, isThere: (file: string) => boolean): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const waiting = [from];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (isThere(file)) return wayTo(file, cameFrom);
    for (const next of imports[file] ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      waiting.push(next);
    }
  }
  return undefined;
}

/** A chain as messages show it. Files of packages are named below `node_modules`, because pnpm and Yarn keep packages in stores with long names. */
export function renderChain(chain: readonly string[]): string {
  return chain.map((file) => file.replace(/^.*\bnode_modules\//, 'node_modules/')).join(' > ');
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const way: string[] = [];
  for (let at: string | undefined = file; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
