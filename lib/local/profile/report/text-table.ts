/** A table in plain text. The first column is left-aligned, and numbers are right-aligned. */
export function textTable(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const padded = (cell: string, i: number) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const line = (cells: readonly string[]) => cells.map(padded).join('  ').trimEnd();
  return [header, ...rows].map((row) => `${line(row)}\n`).join('');
}
