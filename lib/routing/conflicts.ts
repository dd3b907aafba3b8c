/** Finds prefixes that cannot be in the same API. */
import { isParam, ParsedPrefix } from './prefix';
import { Problem } from './problem';

/** The conflicts between prefixes, each naming both sides. */
export function findConflicts(prefixes: readonly ParsedPrefix[]): Problem[] {
  return [
    ...clashes(prefixes, ({ prefix }) => prefix, (a) => ({
      code: 'PREFIX_DUPLICATE',
      message: `two routers have the prefix "${a}"; give each router its own prefix`,
    })),
    ...clashes(prefixes, shape, (a, b) => ({
      code: 'PREFIX_AMBIGUOUS',
      message: `"${a}" and "${b}" differ only in the name of a parameter, so they match the same requests; keep one`,
    })),
    ...clashes(prefixes, (parsed) => shape(parsed).toLowerCase(), (a, b) => ({
      code: 'PREFIX_CASE',
      message: `"${a}" and "${b}" differ only in case, so their files would have the same name on a case-insensitive disk; rename one`,
    })),
  ];
}

/** The prefix without the names of its parameters, which a request does not contain. */
function shape({ segments }: ParsedPrefix): string {
  return segments.map((segment) => (isParam(segment) ? '{}' : segment.literal)).join('/');
}

function clashes(
  prefixes: readonly ParsedPrefix[],
  keyOf: (parsed: ParsedPrefix) => string,
  describe: (a: string, b: string) => Problem,
): Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  for (const parsed of prefixes) {
    const key = keyOf(parsed);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, parsed.prefix);
    else problems.push(describe(other, parsed.prefix));
  }
  return problems;
}
