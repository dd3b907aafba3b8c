import type { EndpointRoute } from './route-plan';

/** The routes as users see them, like `ANY /users/{proxy+}`. */
export function toRouteKeys(routes: readonly EndpointRoute[]): string[] {
  return routes.map(({ path }) => `ANY ${path}`);
}

/** The construct id of what belongs to a path. No prefix contains a space, so no two paths have one id. */
export function toPathId(kind: string, path: string): string {
  return `${kind} ${path.slice(1).replace(/\//g, ' ')}`;
}
