import { ApiEndpoint } from '../../lib';
import { EndpointTraits } from '../../lib/contract/endpoint';
import { EndpointPlan } from '../../lib/endpoint/endpoint-plan';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';

/** Returns the plan of an endpoint for routers with these prefixes. */
export function planOf(endpoint: ApiEndpoint, prefixes: readonly string[]): EndpointPlan {
  return endpoint._plan(prefixes.map((prefix) => parsePrefix(prefix) as ParsedPrefix));
}

/** Returns the traits of the endpoint, which the function receives. */
export function traitsOf(endpoint: ApiEndpoint, prefixes: readonly string[]): EndpointTraits {
  return planOf(endpoint, prefixes).traits;
}
