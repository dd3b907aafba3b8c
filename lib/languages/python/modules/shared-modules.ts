import { Grouping, ModuleGroup } from './module-groups';
import { isOfPackage } from './module-place';
import { ObservedScope } from './observation';

/** Modules that several routers need. Verification imports them once for these routers. */
export interface SharedModules {
  readonly prefixes: readonly string[];
  readonly modules: readonly string[];
  readonly bytes: number;
}

interface Observed {
  readonly scopes: readonly ObservedScope[];
  readonly grouping: Grouping;
}

type NamedRouters = ReadonlyArray<{ readonly name: string; readonly prefix: string }>;

/**
 * The modules that verification can import before a router without hiding a mistake of the router, in the order in which they import each other.
 * Whether an import cycle of the project fails depends on the module that is imported first, so each router imports the modules of a cycle itself.
 */
export function sharedModules({ scopes, grouping: { groups, order } }: Observed, routers: NamedRouters): SharedModules[] {
  const isCyclic = cycleFinder(scopes);
  const position = new Map(order.map((name, i) => [name, i]));
  const isShared = ({ chunk: { role, inputs }, modules, routers: names }: ModuleGroup) => role === 'shared' && (names?.size ?? 0) > 1
    && (Object.keys(inputs).every(isOfPackage) || !modules.some(isCyclic));
  const sorted = groups.filter(isShared).sort((a, b) => position.get(a.modules[0])! - position.get(b.modules[0])!);
  return sorted.map(({ chunk: { bytes }, modules, routers: names }) => (
    { bytes, modules, prefixes: routers.filter(({ name }) => names!.has(name)).map(({ prefix }) => prefix) }
  ));
}

/** Whether the code of a module leads back to itself. */
function cycleFinder(scopes: readonly ObservedScope[]): (module: string) => boolean {
  const edges = new Map<string, string[]>();
  for (const [from, to] of scopes.flatMap((scope) => scope.edges)) edges.set(from, [...edges.get(from) ?? [], to]);
  return (module) => {
    const reached = new Set(edges.get(module));
    // The loop also visits what is added while it runs.
    for (const name of reached) edges.get(name)?.forEach((next) => reached.add(next));
    return reached.has(module);
  };
}
