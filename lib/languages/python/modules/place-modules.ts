import { ModulePlace, ModulePlaces } from './module-place';
import { APP_SCOPE, FIRST_SCOPES, ObservedModule, ObservedScope, REQUEST_SCOPE } from './observation';
import { MAIN_FILE } from '../entry-source';

/** A module with everything that decides its group. */
export interface PlacedModule {
  readonly name: string;
  readonly place: ModulePlace;
  /** Whether it is loaded with the application. */
  readonly ofApp: boolean;
  /** The names of the routers that need it. Undefined if it is loaded before any router. */
  readonly routers: ReadonlySet<string> | undefined;
  /** The names of those that only requests to them import. */
  readonly byRequest: ReadonlySet<string>;
}

/** All modules in the order in which they were imported, with the routers that need them. */
export function placeModules(
  scopes: readonly ObservedScope[], routers: ReadonlyArray<{ readonly name: string; readonly module: string }>, places: ModulePlaces,
): Map<string, PlacedModule> {
  const found = findModules(scopes, places);
  const later = new Map([...found].filter(([, { scope }]) => !FIRST_SCOPES.includes(scope)));
  const edges = edgesBetween(scopes.filter(({ scope }) => scope !== REQUEST_SCOPE), later);
  const requestEdges = edgesBetween(scopes, later);
  const byApp = importedByFirst(scopes, found);
  const empty = () => new Map<string, Set<string>>([...later.keys()].map((name) => [name, new Set()]));
  const [needs, byRequest] = [empty(), empty()];
  for (const { name, module } of routers) {
    const loaded = reachable([module], edges);
    const all = reachable([module, ...byApp], requestEdges);
    all.forEach((needed) => needs.get(needed)?.add(name));
    all.forEach((needed) => !loaded.has(needed) && byRequest.get(needed)?.add(name));
  }
  return new Map([...found].map(([name, { place, scope }]) => [name, {
    name, place, ofApp: scope === APP_SCOPE, routers: needs.get(name), byRequest: byRequest.get(name) ?? new Set(),
  }]));
}

/** What the application and its framework import when they serve any request. */
function importedByFirst(scopes: readonly ObservedScope[], found: ReadonlyMap<string, FoundModule>): string[] {
  const edges = scopes.filter(({ scope }) => scope === REQUEST_SCOPE).flatMap((scope) => scope.edges);
  const scopeOf = (name: string) => found.get(name)?.scope;
  return edges.filter(([from, to]) => FIRST_SCOPES.includes(scopeOf(from) ?? '') && scopeOf(to) === REQUEST_SCOPE).map(([, to]) => to);
}

interface FoundModule {
  readonly place: ModulePlace;
  readonly scope: string;
}

function findModules(scopes: readonly ObservedScope[], places: ModulePlaces): Map<string, FoundModule> {
  const all = scopes.flatMap(({ scope, modules }) => modules.map((module) => ({ module, scope, place: places.find(module) })));
  const standard = new Set(all.filter(({ place }) => place?.source === undefined).map(({ module }) => module.name));
  const named = new Set(scopes.flatMap(({ edges }) => edges.filter(([from]) => !standard.has(from)).map(([, to]) => to)));
  const found = new Map<string, FoundModule>();
  for (const { module, scope, place } of all) {
    if (!place || module.file === MAIN_FILE || found.has(module.name)) continue;
    if (place.source === undefined && !isNamed(module, named, scope)) continue;
    found.set(module.name, { place, scope });
  }
  return found;
}

/** What the standard library imports for itself differs between versions and platforms, so only what other code names counts. */
function isNamed({ name }: ObservedModule, named: ReadonlySet<string>, scope: string): boolean {
  return named.has(name) && !name.split('.').some((part) => part.startsWith('_')) && !FIRST_SCOPES.includes(scope);
}

/** By module: what its import asks for. The import of a module asks for the packages above it, and the standard library asks for nothing else. */
function edgesBetween(scopes: readonly ObservedScope[], modules: ReadonlyMap<string, FoundModule>): Map<string, string[]> {
  const edges = new Map<string, string[]>([...modules.keys()].map((name) => [name, parentsOf(name).filter((parent) => modules.has(parent))]));
  for (const [from, to] of scopes.flatMap((scope) => scope.edges)) {
    // A namespace package has no code, but the modules in it do.
    const targets = [to, ...parentsOf(to)].filter((name) => modules.has(name));
    if (modules.get(from)?.place.source !== undefined) edges.get(from)!.push(...targets);
  }
  return edges;
}

function parentsOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}

function reachable(starts: readonly string[], edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(starts);
  // The loop also visits what is added while it runs.
  for (const name of found) edges.get(name)?.forEach((next) => found.add(next));
  return found;
}
