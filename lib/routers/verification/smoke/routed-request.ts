import { SmokeRequest } from './smoke-requests';
import type { EndpointTraits } from '../../../contract/endpoint';
import { parseTarget } from '../../../gateway/request-target';
import { LazyApiError } from '../../../private/errors';
import { createMatcher, patternOf, splitPath } from '../../../routing/match';
import { GREEDY_PARAM } from '../../../routing/prefix';
import { greedyPath } from '../../../routing/route-paths';

/** A request, and the route on which API Gateway would send it to the function. */
export interface RoutedRequest {
  readonly request: SmokeRequest;
  /** The prefix of the router. */
  readonly prefix: string;
  /** Whether an authorizer of the endpoint has let the request through. */
  readonly authorized: boolean;
  /** The path of the route, like `/users/{proxy+}`. */
  readonly route: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

type Traits = Pick<EndpointTraits, 'greedyRoutes' | 'authorizedPrefixes'>;

/** Finds the router and the route of each request. Throws an error if no router serves the path. */
export function routeRequests(requests: readonly SmokeRequest[], prefixes: readonly string[], traits: Traits): RoutedRequest[] {
  const match = createMatcher(prefixes);
  return requests.map((request, i) => {
    const segments = splitPath(parseTarget(request.target).path, 'encoded');
    const prefix = segments && match(segments);
    if (segments === undefined || prefix === undefined) {
      throw new LazyApiError('VERIFY', `requests[${i}].request must have a path that a router serves, got "${request.target}"; `
        + `the prefixes are ${prefixes.join(', ')}`);
    }
    return { request, prefix, authorized: traits.authorizedPrefixes.includes(prefix), ...routeOf(prefix, segments, traits) };
  });
}

/** A greedy route may stand for several routers. Only the path of its parent is not below it. */
function routeOf(prefix: string, segments: readonly string[], { greedyRoutes }: Traits): Pick<RoutedRequest, 'route' | 'pathParameters'> {
  const greedy = Object.keys(greedyRoutes).find((path) => greedyRoutes[path].includes(prefix));
  const parent = greedy === undefined ? prefix : greedy.slice(0, greedy.lastIndexOf('/')) || '/';
  const pattern = patternOf(parent);
  const rest = segments.slice(pattern.length).join('/');
  const named = pattern.flatMap((segment, i) => (segment.startsWith('{') ? [[segment.slice(1, -1), segments[i]]] : []));
  return {
    route: rest === '' ? parent : greedyPath(parent),
    pathParameters: Object.fromEntries([...named, ...rest === '' ? [] : [[GREEDY_PARAM, rest]]]) as Record<string, string>,
  };
}
