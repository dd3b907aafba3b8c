import { acceptsTag, lambdaTarget, platformTags } from '../../../../lib/languages/python/dependencies/target';

test('Python 3.12 and newer run on Amazon Linux 2023, with glibc 2.34', () => {
  const tags = platformTags(lambdaTarget('3.13', 'arm64'));
  expect([tags[0], tags.at(-1)]).toEqual(['manylinux_2_34_aarch64', 'manylinux2014_aarch64']);
});

test('Python 3.11 runs on Amazon Linux 2, with glibc 2.26', () => {
  const tags = platformTags(lambdaTarget('3.11', 'x86_64'));
  expect([tags[0], tags.at(-1)]).toEqual(['manylinux_2_26_x86_64', 'manylinux1_x86_64']);
});

test.each<[string, boolean]>([
  ['py3-none-any', true],
  ['py2.py3-none-any', true],
  ['cp313-cp313-manylinux_2_17_aarch64.manylinux2014_aarch64', true],
  ['cp313-cp313-manylinux_2_34_aarch64', true],
  ['cp313-cp313-manylinux_2_35_aarch64', false],
  ['cp313-cp313-manylinux_2_17_x86_64', false],
  ['cp313-cp313-musllinux_1_2_aarch64', false],
  ['cp313-cp313-linux_aarch64', false],
  ['cp313-cp313t-manylinux_2_17_aarch64', false],
  ['cp312-cp312-manylinux_2_17_aarch64', false],
  ['cp39-abi3-manylinux_2_17_aarch64', true],
  ['cp314-abi3-manylinux_2_17_aarch64', false],
  ['py38-none-manylinux_2_17_aarch64', true],
  ['py314-none-any', false],
  ['pp310-pypy310_pp73-manylinux_2_17_aarch64', false],
  ['py2-none-any', false],
])('for Python 3.13 on arm64, a wheel for %s works: %s', (tag, works) => {
  expect(acceptsTag(tag, lambdaTarget('3.13', 'arm64'))).toBe(works);
});

test('for Python 3.14, wheels for it work, but not those for its build without the GIL', () => {
  const target = lambdaTarget('3.14', 'x86_64');
  expect(platformTags(target)[0]).toBe('manylinux_2_34_x86_64');
  expect(['cp314-cp314', 'cp314-cp314t', 'cp313-cp313', 'cp311-abi3'].map((tag) => acceptsTag(`${tag}-manylinux_2_28_x86_64`, target))).toEqual([true, false, false, true]);
});
