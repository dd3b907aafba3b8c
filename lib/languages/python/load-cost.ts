import { LoadCost } from '../../routers/preload/preload-policy';

/** CPython with bytecode, in kilobytes of source and of extension modules: see test/bench/LOG.md. */
export const PYTHON_LOAD_COST: LoadCost = { msPerKilobyte: 0.03, firstRequestFactor: 1.1 };
