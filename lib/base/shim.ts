import { ApiEndpoint } from '../endpoint/api-endpoint';
export function planOf(endpoint: ApiEndpoint, routers: readonly { readonly prefix: string }[]) {
  const prefixes = routers.map(({ prefix }) => prefix);
  return { traits: endpoint._frontDoor(prefixes), urlOutput: endpoint._urlOutput, bind: (scope: any, target: any) => endpoint._bind(scope, target, prefixes) };
}
export type EndpointPlan = ReturnType<typeof planOf>;
