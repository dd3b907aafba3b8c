/** A JSON value as a literal of Python. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => `${literal(name)}: ${literal(member)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
