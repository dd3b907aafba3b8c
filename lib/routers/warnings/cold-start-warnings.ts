import { Build } from '../build';
import { heavyBehindBarrels } from './heavy-behind-barrels';
import { bytesOf } from '../load-graph';
import { Warning } from './warning';
import { filesInInit, planPreload, PreloadPlan } from '../preload/preload-plan';
import { percent, PreloadPolicy, slowdown } from '../preload/preload-policy';

/** What determines the time of a cold start, apart from the code. */
export interface ColdStartConditions {
  readonly policy: PreloadPolicy;
  readonly memoryMb: number;
  /** Undefined if the timeout is known only at deployment. */
  readonly timeoutMs: number | undefined;
}

/** Lambda ends INIT after 10 s and repeats it in the first request, at the request's share of the CPU. */
const RISKY_INIT_MS = 3_000;

/** Another policy causes a warning if it takes at most this share of the time. */
const WORTH_A_WARNING = 0.75;

/** What makes cold starts slower than necessary. */
export function coldStartWarnings(build: Build, conditions: ColdStartConditions): Warning[] {
  return [...heavyBehindBarrels(build), ...slowInit(build, conditions), ...otherPolicy(build, conditions)];
}

function slowInit({ code: { loadCost }, graph, plan }: Build, { memoryMb, timeoutMs }: ColdStartConditions): Warning[] {
  const bytes = bytesOf(graph, filesInInit(graph, plan));
  const initMs = (bytes / 1024) * loadCost.msPerKilobyte;
  const again = initMs * slowdown({ memoryMb, loadCost });
  if (initMs < RISKY_INIT_MS || timeoutMs === undefined || again < timeoutMs / 2) return [];
  return [{
    id: 'initNearTimeout',
    text: `INIT loads ${Math.round(bytes / 1024 / 1024)} MB of code. If that takes more than 10 seconds, Lambda repeats it in the first `
      + `request, which takes about ${Math.round(again / 1000)} seconds of the ${Math.round(timeoutMs / 1000)}-second timeout at ${memoryMb} MB; `
      + 'raise memorySize, or load less code in INIT',
  }];
}

/** Compares mean cold starts, in bytes at full speed: what INIT loads, and what requests load at their share of the CPU. */
function otherPolicy({ code: { loadCost, routers }, graph, included, plan }: Build, { policy, memoryMb }: ColdStartConditions): Warning[] {
  const conditions = { memoryMb, loadCost, included };
  const shares = new Map(routers.map(({ name, share }) => [name, share]));
  const needed = (file: string) => graph.dependants.get(file)!.reduce((sum, name) => sum + shares.get(name)!, 0);
  const mean = ({ decisions }: PreloadPlan) => decisions.reduce(
    (sum, { file, preload }) => sum + graph.chunks.get(file)!.bytes * (preload ? 1 : needed(file) * slowdown(conditions)), 0,
  );
  const chosen = mean(plan);
  const aware = mean(planPreload(graph, routers, PreloadPolicy.memoryAware(), conditions));
  if (aware >= chosen * WORTH_A_WARNING) return [];
  return [{
    id: 'preloadPolicy',
    text: `at ${memoryMb} MB, PreloadPolicy.memoryAware() would need about ${percent(aware / chosen)} of the time that `
      + `"${policy._description}" needs to load code, on average over all routers`,
  }];
}
