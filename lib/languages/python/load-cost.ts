import { LoadCost } from '../../routers/preload/preload-policy';

/** CPython with bytecode, in kilobytes of source: see test/bench/python/calibrate.py. */
export const PYTHON_LOAD_COST: LoadCost = { msPerKilobyte: 0.1, firstRequestFactor: 1.2 };
