import { parseGlob } from '../../../lib/routers/asset/glob';

test.each<[pattern: string, base: string, matching: string[], others: string[]]>([
  ['src/mails/*.html', 'src/mails', ['a.html', 'b.html'], ['a.txt', 'de/a.html', '.a.html', 'a.html.bak', 'axhtml']],
  ['src/**', 'src', ['a', 'b/c/d.txt'], ['.hidden', 'b/.git/config']],
  ['src/**/*.html', 'src', ['a.html', 'b/c/d.html'], ['a.txt', '.b/a.html', 'b/.a.html']],
  ['src/*/views/?.pug', 'src', ['users/views/a.pug'], ['views/a.pug', 'users/views/ab.pug', 'users/x/views/a.pug']],
  ['*.graphql', '.', ['a.graphql'], ['b/a.graphql']],
  ['/srv/*.html', '/srv', ['a.html'], []],
  ['/*.html', '/', ['a.html'], []],
  ['src/.*', 'src', ['.env', '.x'], ['env']],
  ['src/(a)[b]+{c}/*', 'src/(a)[b]+{c}', ['x'], []],
  ['src/*/(a)[b]+{c}', 'src', ['x/(a)[b]+{c}'], ['x/ab']],
])('%s starts in %s and matches as in a shell', (pattern, base, matching, others) => {
  const glob = parseGlob(pattern)!;
  expect(glob.base).toBe(base);
  expect(matching.filter((path) => !glob.matches(path))).toEqual([]);
  expect(others.filter((path) => glob.matches(path))).toEqual([]);
});

test('the search depth is limited to the depth of the pattern', () => {
  expect(['a/*', 'a/*/b', 'a/**/b'].map((pattern) => parseGlob(pattern)!.depth)).toEqual([0, 1, Infinity]);
});

test('a path without wildcards is not a pattern', () => {
  expect(parseGlob('src/templates/[id].html')).toBeUndefined();
});
