import { LoadCost } from '../../routers/preload-policy';

/** Node.js and V8: see test/bench/LOG.md. */
export const NODE_LOAD_COST: LoadCost = { msPerKilobyte: 0.1, firstRequestFactor: 1.2 };
