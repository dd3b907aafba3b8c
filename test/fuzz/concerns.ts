import { dispatch } from './dispatch/concern';
import { logs } from './logging/concern';
import { results } from './results/concern';
import { Concern } from './run/concern';
import { secrets } from './secrets/concern';
import { synthesis } from './synthesis/concern';

/** Each concern has a different subject, which the type of a list cannot express. */
export const concerns = [dispatch, results, logs, secrets, synthesis] as unknown as ReadonlyArray<Concern<never>>;
