import { Build } from '../build';
import { BuiltCode } from '../built-code';
import { Content, contentsOf } from '../contents';
import { importChain, renderChain } from '../import-chain';
import { Warning } from './warning';

/** The size from which a shared dependency is worth a warning, in bytes. */
const HEAVY = 100 * 1024;

/** A dependency that most routers would not load if they imported past the barrel. */
interface Avoidable extends Content {
  /** The module that re-exports it. */
  readonly barrel: string;
  /** The import chain from a router that does not use it. */
  readonly chain: readonly string[];
  /** The entries of the routers that do not use it. */
  readonly spared: readonly string[];
}

/** Warns once for each barrel through which all routers load heavy dependencies that most of them do not use. */
export function heavyBehindBarrels(build: Build): Warning[] {
  const found = avoidableOf(build);
  const barrels = [...new Set(found.map(({ barrel }) => barrel))];
  return barrels.map((barrel) => describeBarrel(build, barrel, found.filter((other) => other.barrel === barrel)));
}

function avoidableOf({ code: { routers }, built, graph }: Build): Avoidable[] {
  if (routers.length < 2 || !built.importsPastBarrels) return [];
  const ofAll = [...graph.chunks.values()].filter(({ file }) => graph.dependants.get(file)!.length === routers.length);
  const heavy = contentsOf(ofAll, built).filter(({ bytes, kind }) => bytes >= HEAVY && kind !== 'library');
  if (heavy.length === 0) return [];
  const past = built.importsPastBarrels();
  return heavy.flatMap((content) => {
    const isThere = (file: string) => built.originOf(file).name === content.name;
    const spared = routers.map(({ entry }) => entry).filter((entry) => !importChain(past, entry, isThere));
    const chain = spared.length * 2 > routers.length ? importChain(built.imports, spared[0], isThere) : undefined;
    return chain ? [{ ...content, chain, spared, barrel: leftBehind(chain, built.imports, past) }] : [];
  });
}

/** The first module of a chain that its importer would no longer import. */
function leftBehind(chain: readonly string[], imports: BuiltCode['imports'], past: BuiltCode['imports']): string {
  return chain.find((file, i) => i > 0 && imports[chain[i - 1]].includes(file) && !past[chain[i - 1]].includes(file))!;
}

function describeBarrel({ code: { routers, barrelAdvice } }: Build, barrel: string, found: readonly Avoidable[]): Warning {
  const [{ chain, spared }] = found;
  const heavy = found.map(({ name, bytes }) => `${name} (${Math.round(bytes / 1024)} KB)`).join(', ');
  return {
    id: `heavySharedDependency-${barrel}`,
    text: `all ${routers.length} routers load ${heavy} through ${barrel}, but ${spared.length} of them do not use it: `
      + `${renderChain(chain)}; ${barrelAdvice}`,
  };
}
