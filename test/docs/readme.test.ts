import { PreloadPolicy } from '../../lib';
import { NODE_LOAD_COST } from '../../lib/languages/javascript/load-cost';
import { read, sectionBlocks } from '../support/docs';

test('the table of what INIT loads is the policy\'s', () => {
  const readme = read('README.md');
  const [memory, shares] = ['memory in MB', 'INIT loads what this share of cold starts needs'].map((title) => {
    const row = readme.split('\n').find((line) => line.startsWith(`| ${title} |`))!;
    return row.split('|').slice(2, -1).map((cell) => parseFloat(cell));
  });
  expect(memory.length).toBeGreaterThan(3);
  expect(shares).toEqual(memory.map((megabytes) => Number((PreloadPolicy.memoryAware()._threshold({ memoryMb: megabytes, loadCost: NODE_LOAD_COST }) * 100).toFixed(1))));
});

test('the simplest app is at most twenty lines', () => {
  const app = sectionBlocks('README.md', 'The simplest app').find(({ file }) => file === 'app.ts')!;
  expect(app.text.trim().split('\n').length).toBeLessThanOrEqual(20);
});
