/** The maximum number of edits between two similar names, relative to the length of the name. */
const EDITS_PER_LENGTH = 1 / 2;

/** Returns the name that the user probably meant. */
export function nearest(given: string, names: readonly string[], editsPerLength = EDITS_PER_LENGTH): string | undefined {
  const ranked = names.map((name) => ({ name, edits: editsBetween(given, name) })).sort((a, b) => a.edits - b.edits);
  return ranked.find(({ name, edits }) => edits <= Math.max(1, Math.floor(name.length * editsPerLength)))?.name;
}

/** The Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + Number(letter !== other)));
    row = next;
  }
  return row[b.length];
}
