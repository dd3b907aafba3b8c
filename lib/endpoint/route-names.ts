import type { EndpointRoute } from './route-plan';

/** The routes as users see them, like `ANY /users/{proxy+}`. */
export function toRouteKeys(routes: readonly EndpointRoute[]): string[] {
  return routes.map(({ path }) => `ANY ${path}`);
}

/** The construct ID for something that belongs to a path. Prefixes contain no spaces, so different paths have different IDs. */
export function toPathId(kind: string, path: string): string {
  return `${kind} ${path.slice(1).replace(/\//g, ' ')}`;
}
