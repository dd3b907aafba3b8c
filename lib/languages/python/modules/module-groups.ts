import { ModulePlace, ModulePlaces } from './module-place';
import { APP_SCOPE, FIRST_SCOPES, ObservedModule, ObservedScope } from './observation';
import { Chunk } from '../../../routers/built-code';
import { MAIN_FILE } from '../entry-source';

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
  /** By module: its group. Modules of the standard library that other ones import have none. */
  readonly byModule: ReadonlyMap<string, ModuleGroup>;
  /** All modules with a group, in the order in which they were imported. */
  readonly order: readonly string[];
}

export interface GroupedRouter {
  readonly name: string;
  readonly module: string;
}

/** A module with everything that decides its group. */
interface PlacedModule {
  readonly name: string;
  readonly place: ModulePlace;
  readonly routers: ReadonlySet<string> | undefined;
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
  const placed = placeModules(scopes, places);
  const drafts = draftGroups(placed);
  const fileOf = new Map(drafts.flatMap(({ file, modules }) => modules.map(({ name }) => [name, file] as const)));
  const imports = importsOf(scopes, placed, fileOf);
  for (const { name, module } of routers) addScope({ imports, fileOf }, module, scopes.find(({ scope }) => scope === name), scopes);
  const own = new Set(routers.map(({ module }) => fileOf.get(module)));
  const groups = drafts.map(({ file, modules }): ModuleGroup => ({
    chunk: {
      file,
      role: own.has(file) ? 'router' : modules[0].place.name === 'lazy_api' ? 'runtime' : 'shared',
      bytes: modules.reduce((sum, { place }) => sum + place.bytes, 0),
      imports: [...imports.get(file) ?? []],
      inputs: Object.fromEntries(modules.flatMap(({ place: { source, bytes } }) => (source === undefined ? [] : [[source, bytes]]))),
    },
    modules: modules.map(({ name }) => name),
    routers: modules[0].routers,
  }));
  const byModule = new Map(groups.flatMap((group) => group.modules.map((name) => [name, group] as const)));
  return { groups, byModule, order: [...placed.keys()].filter((name) => byModule.has(name)) };
}

/** All modules in the order in which they were imported, each once. */
function placeModules(scopes: readonly ObservedScope[], places: ModulePlaces): Map<string, PlacedModule> {
  const standard = new Set(scopes.flatMap(({ modules }) => modules.filter((one) => isStandard(one, places)).map(({ name }) => name)));
  const placed = new Map<string, PlacedModule & { readonly routers: Set<string> | undefined }>();
  for (const { scope, modules } of scopes) {
    for (const module of modules) {
      const place = places.find(module);
      if (!place || module.file === MAIN_FILE || (isStandard(module, places) && !isImportedByName(module, standard, scope))) continue;
      const known = placed.get(module.name) ?? { name: module.name, place, routers: FIRST_SCOPES.includes(scope) ? undefined : new Set<string>() };
      known.routers?.add(scope);
      placed.set(module.name, known);
    }
  }
  return placed;
}

function isStandard(module: ObservedModule, places: ModulePlaces): boolean {
  const place = places.find(module);
  return place === undefined || place.source === undefined;
}

/** What the standard library imports for itself differs between versions and platforms, so only what other code names counts. */
function isImportedByName({ name, by }: ObservedModule, standard: ReadonlySet<string>, scope: string): boolean {
  const isPublic = !name.split('.').some((part) => part.startsWith('_'));
  return isPublic && by !== null && !standard.has(by) && !FIRST_SCOPES.includes(scope);
}

function draftGroups(placed: ReadonlyMap<string, PlacedModule>): Draft[] {
  const sets = new Map<string, PlacedModule[]>();
  for (const module of placed.values()) {
    const key = JSON.stringify([labelOf(module.place), module.routers && [...module.routers].sort()]);
    sets.set(key, [...sets.get(key) ?? [], module]);
  }
  // The group that most routers need has the plain name.
  const rank = ({ routers }: PlacedModule) => routers?.size ?? Infinity;
  const sorted = [...sets.values()].sort(([a], [b]) => rank(b) - rank(a));
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
  const add = (from: string | null, to: string) => {
    const [importer, imported] = [from === null ? undefined : placed.get(from), placed.get(to)];
    if (!importer || !imported || !covers(imported.routers, importer.routers)) return;
    const [file, other] = [fileOf.get(importer.name)!, fileOf.get(imported.name)!];
    if (file !== other) imports.set(file, (imports.get(file) ?? new Set()).add(other));
  };
  for (const { modules, edges } of scopes) {
    for (const { name, cause } of modules) add(cause, name);
    for (const [from, to] of edges) add(from, to);
  }
  return imports;
}

/** Whether everything that loads a group of the second set has loaded those of the first. */
function covers(imported: ReadonlySet<string> | undefined, importer: ReadonlySet<string> | undefined): boolean {
  if (imported === undefined) return true;
  return importer !== undefined && [...importer].every((name) => imported.has(name));
}

interface GroupFiles {
  readonly imports: Map<string, Set<string>>;
  readonly fileOf: ReadonlyMap<string, string>;
}

/** A router needs exactly what was observed: the application, and what its import has added, in this order. */
function addScope({ imports, fileOf }: GroupFiles, module: string, own: ObservedScope | undefined, scopes: readonly ObservedScope[]): void {
  const file = fileOf.get(module);
  if (file === undefined) return;
  const app = scopes.filter(({ scope }) => scope === APP_SCOPE);
  const needed = [...app, ...own ? [own] : []].flatMap(({ modules }) => modules.map(({ name }) => fileOf.get(name)));
  const files = needed.filter((other): other is string => other !== undefined && other !== file);
  imports.set(file, new Set([...files, ...imports.get(file) ?? []]));
}
