import { dispatch } from './dispatch/concern';
import { logs } from './logging/concern';
import { results } from './results/concern';
import { Concern } from './run/concern';
import { secrets } from './secrets/concern';
import { synthesis } from './synthesis/concern';

/** A table cannot say that each row has a subject of its own. */
export const concerns = [dispatch, results, logs, secrets, synthesis] as unknown as ReadonlyArray<Concern<never>>;
