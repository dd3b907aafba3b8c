import { Build } from '../languages/javascript/bundle';
import { contentName, contentsOf } from './contents';
import { importChain } from './import-chain';
import { filesInInit, planPreload, PreloadPlan } from './preload-plan';
import { percent, PreloadPolicy, slowdown } from './preload-policy';

/** Legal, but slower than it need be. */
export interface BundleWarning {
  /** Stable: a user acknowledges it by this id. */
  readonly id: string;
  readonly text: string;
}

/** A dependency that is worth a warning, in bytes. */
const HEAVY = 100 * 1024;

/** A module of the project that imports much and holds next to nothing: it hands on what others have. */
const BARREL_IMPORTS = 3;
const BARREL_BYTES = 300;

/** Loading takes so many milliseconds for a kilobyte at full speed: see test/bench. */
const MS_PER_KB = 0.1;

/** Lambda ends INIT after 10 s, and does it again within the first request, at the request's share of the CPU. */
const RISKY_INIT_MS = 3_000;

/** Another policy must be so much better to be worth a word. */
const WORTH_A_WORD = 0.75;

export function coldStartWarnings(build: Build, policy: PreloadPolicy, memoryMb: number, timeoutMs: number | undefined): BundleWarning[] {
  return [...heavyThroughBarrel(build), ...slowInit(build, memoryMb, timeoutMs), ...otherPolicy(build, policy, memoryMb)];
}

/** What every router gets only because a module of the project hands on more than they ask for. */
function heavyThroughBarrel({ graph, routers, result: { imports } }: Build): BundleWarning[] {
  if (routers.length < 2) return [];
  const chunks = [...graph.chunks.values()];
  const ofAll = chunks.filter(({ file }) => graph.dependants.get(file)!.length === routers.length);
  const bytesOf = (file: string) => chunks.reduce((sum, { inputs }) => sum + (inputs[file] ?? 0), 0);
  const isBarrel = (file: string) => !file.includes('node_modules/') && (imports[file] ?? []).length >= BARREL_IMPORTS && bytesOf(file) <= BARREL_BYTES;
  const entries = new Set(routers.map(({ entry }) => entry));
  return contentsOf(ofAll).filter(({ bytes, name }) => bytes >= HEAVY && name !== 'cdk-lazy-api/runtime').flatMap(({ name, bytes }) => {
    const chain = importChain(imports, routers[0].entry, (file) => contentName(file) === name);
    const barrel = chain?.slice(0, -1).find((file) => !entries.has(file) && isBarrel(file));
    if (!barrel) return [];
    return [{
      id: `heavySharedDependency-${name}`,
      text: `${name} (${Math.round(bytes / 1024)} KB) reaches all ${routers.length} routers through ${barrel}, which hands on what few of them may need: ${chain!.join(' > ')}; `
        + 'import from the module that has it, or set "sideEffects": false in package.json where modules have none',
    }];
  });
}

function slowInit({ graph, plan }: Build, memoryMb: number, timeoutMs: number | undefined): BundleWarning[] {
  const bytes = filesInInit(graph, plan).reduce((sum, file) => sum + graph.chunks.get(file)!.bytes, 0);
  const initMs = (bytes / 1024) * MS_PER_KB;
  const again = initMs * slowdown(memoryMb);
  if (initMs < RISKY_INIT_MS || timeoutMs === undefined || again < timeoutMs / 2) return [];
  return [{
    id: 'initNearTimeout',
    text: `INIT loads ${Math.round(bytes / 1024 / 1024)} MB of code. Where that takes more than 10 seconds, Lambda does it again within the first request, which at ${memoryMb} MB `
      + `takes about ${Math.round(again / 1000)} of the ${Math.round(timeoutMs / 1000)} seconds of the timeout; raise memorySize, or let INIT load less`,
  }];
}

/** Compares mean cold starts, in bytes at full speed: what INIT loads, and what requests load at their share of the CPU. */
function otherPolicy({ graph, plan, routers }: Build, policy: PreloadPolicy, memoryMb: number): BundleWarning[] {
  const shares = new Map(routers.map(({ name, share }) => [name, share]));
  const needed = (file: string) => graph.dependants.get(file)!.reduce((sum, name) => sum + shares.get(name)!, 0);
  const mean = (decisions: PreloadPlan['decisions']) => decisions.reduce(
    (sum, { file, preload }) => sum + graph.chunks.get(file)!.bytes * (preload ? 1 : needed(file) * slowdown(memoryMb)), 0,
  );
  const [chosen, aware] = [plan, planPreload(graph, routers, PreloadPolicy.memoryAware(), memoryMb)].map(({ decisions }) => mean(decisions));
  if (aware >= chosen * WORTH_A_WORD) return [];
  return [{
    id: 'preloadPolicy',
    text: `at ${memoryMb} MB, PreloadPolicy.memoryAware() would load code in about ${percent(aware / chosen)} of the time that "${policy._description}" takes, in the mean over all routers`,
  }];
}
