import type { CountedChunk } from './counters';
import { FindOrigin } from './origins';
import type { ModuleGraph } from '../../contract/api-description';
import { importChain } from '../../routers/import-chain';

export type SourceImports = ModuleGraph['imports'];

/** A package or a source file that has more bytes than before. */
export interface Cause {
  /** The name of the package, or the path of the source file. */
  readonly name: string;
  /** Its bytes before: 0 if it is new. */
  readonly before: number;
  readonly after: number;
  /** The source files on the import chain from a router to it, if there is one. */
  readonly chain?: readonly string[];
}

/** The code that one part of a build loads. */
export interface LoadedCode {
  readonly chunks: Readonly<Record<string, CountedChunk>>;
  /** Code files and packages. */
  readonly loads: readonly string[];
  readonly originOf: FindOrigin;
}

/** Where import chains start. */
export interface ImportSources {
  readonly imports: SourceImports;
  /** The source files of routers. */
  readonly entries: readonly string[];
}

/** The maximum number of causes that are named. */
const MOST = 5;

/** Finds what is new or larger in a build, largest growth first. */
export function findCauses(before: LoadedCode, after: LoadedCode, sources: ImportSources): Cause[] {
  const [old, now] = [bytesByModule(before), bytesByModule(after)];
  const [oldNames, names] = [bytesByName(old, before.originOf), bytesByName(now, after.originOf)];
  const grown = [...names].map(([name, bytes]) => ({ name, before: oldNames.get(name) ?? 0, after: bytes })).filter((one) => one.after > one.before);
  const largest = grown.sort((a, b) => (b.after - b.before) - (a.after - a.before) || (a.name < b.name ? -1 : 1)).slice(0, MOST);
  const hasGrown = (file: string) => (now.get(file) ?? 0) > (old.get(file) ?? 0);
  return largest.map((cause) => {
    const chain = shortestChain(sources, (file) => after.originOf(file).name === cause.name && hasGrown(file));
    return { ...cause, ...chain && { chain } };
  });
}

function shortestChain({ imports, entries }: ImportSources, isThere: (file: string) => boolean): readonly string[] | undefined {
  const chains = entries.flatMap((entry) => [importChain(imports, entry, isThere) ?? []]).filter(({ length }) => length > 0);
  return chains.sort((a, b) => a.length - b.length)[0];
}

function bytesByModule({ chunks, loads }: LoadedCode): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const [file, size] of loads.flatMap((load) => Object.entries(chunks[load].modules))) bytes.set(file, (bytes.get(file) ?? 0) + size);
  return bytes;
}

function bytesByName(modules: ReadonlyMap<string, number>, originOf: FindOrigin): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const [file, size] of modules) bytes.set(originOf(file).name, (bytes.get(originOf(file).name) ?? 0) + size);
  return bytes;
}
