import { dispatch } from './dispatch/concern';
import { results } from './results/concern';
import { Concern } from './run/concern';

/** A table cannot say that each row has a subject of its own. */
export const concerns = [dispatch, results] as unknown as ReadonlyArray<Concern<never>>;
