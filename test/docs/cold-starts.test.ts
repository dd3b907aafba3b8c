import { PreloadPolicy } from '../../lib';
import { NODE_LOAD_COST } from '../../lib/languages/javascript/load-cost';
import { read } from '../support/docs';

test('the table of what INIT loads matches the policy', () => {
  const guide = read('docs/cold-starts.md');
  const [memory, shares] = ['memory (MB)', 'INIT loads a chunk if this share of cold starts needs it'].map((title) => {
    const row = guide.split('\n').find((line) => line.startsWith(`| ${title} |`))!;
    return row.split('|').slice(2, -1).map((cell) => parseFloat(cell));
  });
  expect(memory.length).toBeGreaterThan(3);
  expect(shares).toEqual(memory.map((megabytes) => Number((PreloadPolicy.memoryAware()._threshold({ memoryMb: megabytes, loadCost: NODE_LOAD_COST }) * 100).toFixed(1))));
});
