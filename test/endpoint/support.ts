import { ApiEndpoint } from '../../lib';
import { EndpointTraits } from '../../lib/contract/endpoint';
import { EndpointPlan } from '../../lib/endpoint/endpoint-plan';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';

/** The plan of an endpoint in front of routers at these prefixes. */
export function planOf(endpoint: ApiEndpoint, prefixes: readonly string[]): EndpointPlan {
  return endpoint._plan(prefixes.map((prefix) => parsePrefix(prefix) as ParsedPrefix));
}

/** What the function is told of the endpoint. */
export function traitsOf(endpoint: ApiEndpoint, prefixes: readonly string[]): EndpointTraits {
  return planOf(endpoint, prefixes).traits;
}
