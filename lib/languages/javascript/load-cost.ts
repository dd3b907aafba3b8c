import { PreloadPlan } from '../../routers/preload/preload-plan';
import { LoadCost } from '../../routers/preload/preload-policy';

/** For Node.js and V8; see test/bench/LOG.md. */
export const NODE_LOAD_COST: LoadCost = { msPerKilobyte: 0.1, firstRequestFactor: 1.2 };

/** With this many bytes of code per MB of memory, V8 would collect the garbage of loading during the first request. */
const COLLECT_FROM_BYTES_PER_MB = 5_000;

/**
 * Whether INIT collects the garbage that loading leaves behind. With less memory, V8 starts a collection earlier: during the first request, with its
 * share of the CPU. Lambda starts Node.js with `--expose-gc`.
 */
export function paysToCollectGarbage({ memoryMb, initBytes }: Pick<PreloadPlan, 'memoryMb' | 'initBytes'>): boolean {
  return initBytes >= memoryMb * COLLECT_FROM_BYTES_PER_MB;
}
