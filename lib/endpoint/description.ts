import { DESCRIPTION_MAX_LENGTH } from './option-checks';

/** The list of the routers, cut where API Gateway would refuse it. */
export function describeRouters(prefixes: readonly string[]): string {
  const list = (shown: number) => {
    const rest = prefixes.length - shown;
    return `${prefixes.length} routers: ${prefixes.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  };
  let shown = prefixes.length;
  while (shown > 0 && list(shown).length > DESCRIPTION_MAX_LENGTH) shown--;
  return list(shown);
}
