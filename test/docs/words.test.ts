/** The pages for users and contributors contain no words that CONTRIBUTING's word list replaces. */
import * as fs from 'fs';
import * as path from 'path';
import { otherPages, pages, read, ROOT, section } from '../support/docs';

const WORDS = [
  /\bnobody\b/i, /\bsomebody\b/i, /\bfor ever\b/i, /\bmend(?:s|ed|ing)?\b/i, /\bunless said otherwise\b/i, /\bto be had\b/i, /\bby and by\b/i,
  /\bas ever\b/i, /\bhence\b/i, /\bthus\b/i, /\btherefore\b/i, /\bwhatsoever\b/i, /\bwherein\b/i, /\bthereof\b/i, /\bfound out\b/i,
];

function wordsIn(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```$/gm, '');
  return WORDS.flatMap((word) => prose.split('\n').filter((line) => word.test(line)).map((line) => `${word.source}: ${line.trim().slice(0, 100)}`));
}

/** CONTRIBUTING's style guide quotes these words. */
function textOf(page: string): string {
  return page === 'CONTRIBUTING.md' ? read(page).replace(section(page, 'Writing'), '') : read(page);
}

test.each([...pages(), ...otherPages()])('%s contains none of the words to avoid', (page) => {
  expect(wordsIn(textOf(page))).toEqual([]);
});

const sources = ['lib', 'scripts', 'projenrc'].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  .filter((file) => (file.endsWith('.ts') && !file.endsWith('.d.ts')) || file.endsWith('.mjs')).map((file) => path.join(folder, file)))
  .filter((file) => !file.includes('aws-lambda-ric'));

test('comments and texts of the sources contain none of the words', () => {
  expect(sources.length).toBeGreaterThan(400);
  expect(sources.flatMap((file) => wordsIn(read(file)).map((found) => `${file}: ${found}`))).toEqual([]);
});

test('the test detects such a word', () => {
  expect(wordsIn('It is loaded by and by.')).toHaveLength(1);
  expect(wordsIn('Amend the list.')).toEqual([]);
});
