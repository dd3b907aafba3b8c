import { isPagePath, pageNotes } from '../../../lib/local/page/page-path';

test.each([['/_lazy', true], ['/_lazy?x', true], ['/_lazy/events', true], ['/_lazyness', false], ['/api/_lazy', false], ['/', false]])('%s is the page: %s', (path, isPage) => {
  expect(isPagePath(path)).toBe(isPage);
});

test('a note names each router that the page hides', () => {
  expect(pageNotes(['/users', '/_lazy', '/_lazy/users'])).toEqual([
    'requests to the router /_lazy do not reach it here: /_lazy is the page of dev',
    'requests to the router /_lazy/users do not reach it here: /_lazy is the page of dev',
  ]);
});
