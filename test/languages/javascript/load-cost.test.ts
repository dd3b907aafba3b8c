import { paysToCollectGarbage } from '../../../lib/languages/javascript/load-cost';

test.each([
  ['a megabyte of code at 128 MB', 1_000_000, 128, true],
  ['the same at 512 MB', 1_000_000, 512, false],
  ['an ORM with its engine at 512 MB', 3_571_482, 512, true],
  ['the same at 1024 MB', 3_571_482, 1024, false],
  ['small routers', 33_000, 128, false],
])('INIT collects garbage if it saves time according to the benchmark: %s', (_, initBytes, memoryMb, pays) => {
  expect(paysToCollectGarbage({ initBytes, memoryMb })).toBe(pays);
});
