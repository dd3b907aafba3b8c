import type { LocalEndpoint } from './local-endpoint';

/**
 * A request's target without the name of the stage. A path may begin with that name, as at the URL of API Gateway, or not, as behind a custom domain.
 */
export function withoutStage({ stage }: LocalEndpoint, target: string): string {
  const lead = `/${stage}`;
  if (stage === '$default' || !target.startsWith(lead) || !/^(?:$|[/?#])/.test(target.slice(lead.length))) return target;
  const rest = target.slice(lead.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
