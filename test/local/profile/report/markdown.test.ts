import { GROWN, MEASURED } from './sample';
import { renderMarkdown } from '../../../../lib/local/profile/report/markdown';

test('a comment starts with the counters that have grown, and the imports that made them grow', () => {
  const text = renderMarkdown(GROWN);
  expect(text).toMatch(/^### ❌ Cold starts of `Shop\/Api`\n/);
  expect(text).toContain('Grown by more than 5 %:\n\n| COUNTER | WHAT WAS ADDED |\n');
  expect(text).toContain('| /api/a: bytes 1,000 -\\> 400,000 (+39900.0 %) | added big, 389,000 bytes, by src/a.ts \\> src/util.ts \\> node\\_modules/big/index.js<br>src/a.ts has grown from 400 to 500 bytes |');
});

test('HTML in names of routers is escaped', () => {
  expect(renderMarkdown(GROWN)).not.toContain('<b>');
});

test('the tables of routers are collapsed, and the table of memory sizes is not', () => {
  const text = renderMarkdown(MEASURED);
  expect(text).toMatch(/^### ✅ /);
  expect(text.indexOf('| 256 MB (estimate) | 500 | 900 | 100 |')).toBeLessThan(text.indexOf('<details><summary>Routers at 1024 MB, in ms</summary>'));
  expect(text).toContain('| /api/a | 400 | 2 | 150 | 75 | 150 | 1.3 | 300 | 80 MB |');
  expect(text).toContain('> something differs from \\<Lambda\\>');
});
