/** Headers as mapping parameters declare them: names after a prefix, values in single quotes. */
export function unquoted(parameters: Readonly<Record<string, string>>, lead: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parameters)
    .filter(([name]) => name.startsWith(lead))
    .map(([name, value]) => [name.slice(lead.length), value.replace(/^'|'$/g, '')]));
}
