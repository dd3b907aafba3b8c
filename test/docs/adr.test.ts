/** The pages of docs/adr have the same structure. */
import * as fs from 'fs';
import * as path from 'path';
import { read, ROOT } from '../support/docs';

/** At most five lines of 120 characters. */
const LONGEST_PARAGRAPH = 600;

const files = fs.readdirSync(path.join(ROOT, 'docs/adr')).filter((file) => /^\d{4}-/.test(file));

test('the index contains the title of every decision', () => {
  const rows = files.map((file) => {
    const [, number, title] = /^# (\d+)\. (.+)\n/.exec(read(`docs/adr/${file}`))!;
    return `${number}. [${title}](${file})`;
  });
  expect(read('docs/adr/README.md').trim().split('\n\n').at(-1)!.split('\n')).toEqual(rows);
});

test.each(files)('%s has the sections of a decision, and its paragraphs are short', (file) => {
  const text = read(`docs/adr/${file}`);
  const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(sections).toEqual(['Context', 'Decision', 'Consequences', 'Alternatives considered'].slice(0, Math.max(sections.length, 3)));
  expect(text.split('\n').filter((line) => !line.startsWith('|') && line.length > LONGEST_PARAGRAPH)).toEqual([]);
});
