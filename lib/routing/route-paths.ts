/**
 * The pair of route paths that a prefix gets in front of the function. The runtime looks up an event's route in the same list, so that a request
 * reaches only the router that its route was declared for.
 */
import { GREEDY_PARAM } from './prefix';

/** `/users` gives `/users` and `/users/{proxy+}`. */
export function routePaths(prefix: string): [exact: string, below: string] {
  return [prefix, greedyPath(prefix)];
}

/** The route of everything below a path. */
export function greedyPath(path: string): string {
  return `${path === '/' ? '' : path}/{${GREEDY_PARAM}+}`;
}
