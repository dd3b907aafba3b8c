import { DESCRIPTION_MAX_LENGTH } from './option-checks';
import type { ParsedPrefix } from '../routing/prefix';

/** The list of the routers, truncated to the length that API Gateway accepts. */
export function describeRouters(prefixes: readonly ParsedPrefix[]): string {
  const list = (shown: number) => {
    const rest = prefixes.length - shown;
    return `${prefixes.length} routers: ${prefixes.slice(0, shown).map(({ prefix }) => prefix).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  };
  let shown = prefixes.length;
  while (shown > 0 && list(shown).length > DESCRIPTION_MAX_LENGTH) shown--;
  return list(shown);
}
