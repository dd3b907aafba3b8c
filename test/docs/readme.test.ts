import { sectionBlocks } from '../support/docs';

test('the simplest app has at most twenty lines', () => {
  const app = sectionBlocks('README.md', 'The simplest app').find(({ file }) => file === 'app.ts')!;
  expect(app.text.trim().split('\n').length).toBeLessThanOrEqual(20);
});
