/**
 * Versions and specifiers, as far as markers and `requires-python` of lock files have them.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/
 */

const RELEASE = /^v?(\d+(?:\.\d+)*)/;

/** Whether a version fits a specifier such as `>=3.11,<4.0`. Poetry also writes `^3.11` and `>=3.11 || ^4`. */
export function satisfies(version: string, specifier: string): boolean {
  return specifier.split('||').some((alternative) => alternative.split(',').every((clause) => fitsClause(version, clause.trim())));
}

/** Compares two versions by an operator. Undefined if one of them is no version. */
export function compareBy(operator: string, left: string, right: string): boolean | undefined {
  if (!RELEASE.test(left) || !RELEASE.test(right)) return undefined;
  if (right.endsWith('.*')) return fitsWildcard(operator, left, right);
  const order = compareReleases(left, right);
  switch (operator) {
    case '==': case '===': return order === 0;
    case '!=': return order !== 0;
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '>=': return order >= 0;
    case '~=': return order >= 0 && fitsWildcard('==', left, `${right.split('.').slice(0, -1).join('.')}.*`) === true;
    default: return undefined;
  }
}

function fitsClause(version: string, clause: string): boolean {
  if (clause === '' || clause === '*') return true;
  const [, operator = '==', other] = /^(===?|!=|~=|<=?|>=?|\^|~)?\s*(.+)$/.exec(clause)!;
  if (operator === '^') return compareBy('>=', version, other)! && compareBy('<', version, nextMajor(other))!;
  if (operator === '~') return compareBy('>=', version, other)! && fitsWildcard('==', version, `${other.split('.').slice(0, 2).join('.')}.*`)!;
  // What cannot be read, excludes nothing.
  return compareBy(operator, version, other) ?? true;
}

function nextMajor(version: string): string {
  const [major] = numbersOf(version);
  return `${major + 1}.0`;
}

function fitsWildcard(operator: string, left: string, right: string): boolean | undefined {
  const prefix = numbersOf(right);
  const fits = numbersOf(left).concat(prefix.map(() => 0)).slice(0, prefix.length).every((number, i) => number === prefix[i]);
  if (operator === '==') return fits;
  return operator === '!=' ? !fits : undefined;
}

function compareReleases(left: string, right: string): number {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  return RELEASE.exec(version)![1].split('.').map(Number);
}
