import { ModulePlace, ModulePlaces } from './module-place';
import { ObservedScope } from './observation';
import { PlacedModule, placeModules } from './place-modules';
import { Chunk } from '../../../routers/built-code';

/** Modules that are loaded together: one of the project, or those of a package that the same routers need. */
export interface ModuleGroup {
  readonly chunk: Chunk;
  /** The modules in the order in which they were imported. */
  readonly modules: readonly string[];
  /** The names of the routers that need it. Undefined if it is loaded before any router. */
  readonly routers: ReadonlySet<string> | undefined;
}

export interface Grouping {
  readonly groups: readonly ModuleGroup[];
  /** By module: its group. Modules that only the standard library imports have none. */
  readonly byModule: ReadonlyMap<string, ModuleGroup>;
  /** All modules with a group, in the order in which they were imported. */
  readonly order: readonly string[];
}

export interface GroupedRouter {
  readonly name: string;
  readonly module: string;
}

/** A group in the making. */
interface Draft {
  readonly file: string;
  readonly modules: readonly PlacedModule[];
}

/** The name of the standard library in the manifest. */
const STANDARD_LIBRARY = 'python';

/** Groups what was observed. A group imports only groups that all of its routers need, so that the plan stays closed under imports. */
export function groupModules(scopes: readonly ObservedScope[], routers: readonly GroupedRouter[], places: ModulePlaces): Grouping {
  const placed = placeModules(scopes, routers, places);
  const drafts = draftGroups(placed);
  const fileOf = new Map(drafts.flatMap(({ file, modules }) => modules.map(({ name }) => [name, file] as const)));
  const imports = importsOf(scopes, placed, fileOf);
  for (const router of routers) addNeeds(imports, fileOf, { router, placed });
  const own = new Set(routers.map(({ module }) => fileOf.get(module)));
  const groups = drafts.map((draft): ModuleGroup => ({
    chunk: toChunk(draft, own.has(draft.file), [...imports.get(draft.file) ?? []]),
    modules: draft.modules.map(({ name }) => name),
    routers: draft.modules[0].routers,
  }));
  const byModule = new Map(groups.flatMap((group) => group.modules.map((name) => [name, group] as const)));
  return { groups, byModule, order: [...placed.keys()] };
}

function toChunk({ file, modules }: Draft, isRouter: boolean, imports: readonly string[]): Chunk {
  const isRuntime = modules[0].place.name === 'lazy_api';
  const inputs = Object.fromEntries(modules.flatMap(({ place: { source, bytes } }) => (source === undefined ? [] : [[source, bytes]])));
  return {
    file,
    role: isRouter ? 'router' : isRuntime ? 'runtime' : 'shared',
    bytes: modules.reduce((sum, { place }) => sum + place.bytes, 0),
    files: Object.keys(inputs).length,
    imports,
    inputs,
  };
}

function draftGroups(placed: ReadonlyMap<string, PlacedModule>): Draft[] {
  const sets = new Map<string, PlacedModule[]>();
  for (const module of placed.values()) {
    const key = JSON.stringify([labelOf(module.place), module.routers && [...module.routers].sort()]);
    const set = sets.get(key) ?? [];
    sets.set(key, set);
    set.push(module);
  }
  // The group that most routers need has the plain name.
  const rank = ({ routers }: PlacedModule) => routers?.size ?? Infinity;
  const sorted = [...sets.values()].sort(([a], [b]) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
  const taken = new Map<string, number>();
  return sorted.map((modules) => {
    const label = labelOf(modules[0].place);
    const count = (taken.get(label) ?? 0) + 1;
    taken.set(label, count);
    return { file: count === 1 ? label : `${label} (${count})`, modules };
  });
}

/** A file of the project, the name of a package, or the standard library. */
function labelOf({ name, kind, file }: ModulePlace): string {
  if (file === undefined) return STANDARD_LIBRARY;
  return kind === 'project' ? file : name;
}

/** By group: the groups that it imports. */
function importsOf(
  scopes: readonly ObservedScope[], placed: ReadonlyMap<string, PlacedModule>, fileOf: ReadonlyMap<string, string>,
): Map<string, Set<string>> {
  const imports = new Map<string, Set<string>>();
  for (const [from, to] of scopes.flatMap(({ edges }) => edges)) {
    const [importer, imported] = [placed.get(from), placed.get(to)];
    if (!importer || !imported || !covers(imported.routers, importer.routers)) continue;
    const [file, other] = [fileOf.get(from)!, fileOf.get(to)!];
    if (file !== other) imports.set(file, (imports.get(file) ?? new Set()).add(other));
  }
  return imports;
}

/** Whether everything that loads a group of the second set has loaded those of the first. */
function covers(imported: ReadonlySet<string> | undefined, importer: ReadonlySet<string> | undefined): boolean {
  if (imported === undefined) return true;
  return importer !== undefined && [...importer].every((name) => imported.has(name));
}

/** A router needs the application, and what its own import asks for, in the order in which that was imported. */
function addNeeds(
  imports: Map<string, Set<string>>, fileOf: ReadonlyMap<string, string>,
  { router, placed }: { readonly router: GroupedRouter; readonly placed: ReadonlyMap<string, PlacedModule> },
): void {
  const file = fileOf.get(router.module);
  if (file === undefined) return;
  const needed = [...placed.values()].filter(({ ofApp, routers }) => ofApp || routers?.has(router.name)).map(({ name }) => fileOf.get(name)!);
  imports.set(file, new Set([...needed.filter((other) => other !== file), ...imports.get(file) ?? []]));
}
