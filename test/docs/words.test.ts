/** Words that CONTRIBUTING's word list replaces stay out of the pages that users and contributors read. */
import { otherPages, pages, read, section } from '../support/docs';

const WORDS = [
  /\bnobody\b/i, /\bsomebody\b/i, /\bfor ever\b/i, /\bmend(?:s|ed|ing)?\b/i, /\bunless said otherwise\b/i, /\bto be had\b/i, /\bby and by\b/i,
  /\bas ever\b/i, /\bhence\b/i, /\bthus\b/i, /\btherefore\b/i, /\bwhatsoever\b/i, /\bwherein\b/i, /\bthereof\b/i, /\bfound out\b/i,
];

function wordsIn(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```$/gm, '');
  return WORDS.flatMap((word) => prose.split('\n').filter((line) => word.test(line)).map((line) => `${word.source}: ${line.trim().slice(0, 100)}`));
}

/** CONTRIBUTING's style guide quotes the words. */
function textOf(page: string): string {
  return page === 'CONTRIBUTING.md' ? read(page).replace(section(page, 'Writing'), '') : read(page);
}

test.each([...pages(), ...otherPages()])('%s has none of the words to avoid', (page) => {
  expect(wordsIn(textOf(page))).toEqual([]);
});

test('such a word would be noticed', () => {
  expect(wordsIn('It is loaded by and by.')).toHaveLength(1);
  expect(wordsIn('Amend the list.')).toEqual([]);
});
