import { parsePrefix } from '../../lib/routing/prefix';

test.each([
  ['/', []],
  ['/users', [{ literal: 'users' }]],
  ['/api/v1/users', [{ literal: 'api' }, { literal: 'v1' }, { literal: 'users' }]],
  ['/clinics/{clinicId}/beds', [{ literal: 'clinics' }, { param: 'clinicId' }, { literal: 'beds' }]],
  ['/.well-known', [{ literal: '.well-known' }]],
  ['/a..b', [{ literal: 'a..b' }]],
])('%s is a prefix', (prefix, segments) => {
  expect(parsePrefix(prefix)).toEqual({ prefix, segments });
});

test.each([
  ['', 'must start with "/"'],
  ['users', 'must start with "/"'],
  ['/users/', 'must not end with "/"'],
  ['//users', 'empty segment'],
  ['/a//b', 'empty segment'],
  ['/a/./b', 'must not have a "." segment'],
  ['/a/../b', 'must not have a ".." segment'],
  ['/a%2Fb', 'must not contain "%"'],
  ['/a?b', 'must not contain "?"'],
  ['/a#b', 'must not contain "#"'],
  ['/a/*', 'must not contain "*"'],
  ['/a b', 'must not contain " "'],
  ['/ümlaut', 'must not contain "ü"'],
  ['/a\\b', 'must not contain "\\\\"'],
  ['/users/:id', 'must have parameters in braces, like "{id}"'],
  ['/users/{id', 'parameters as whole segments'],
  ['/users/id}', 'parameters as whole segments'],
  ['/users/x{id}', 'parameters as whole segments'],
  ['/users/{proxy+}', 'parameters as whole segments'],
  ['/users/{}', 'parameters as whole segments'],
  ['/users/{proxy}', 'must not name a parameter "proxy"'],
  ['/{id}/x/{id}', 'must not use the parameter "{id}" twice'],
])('the prefix %j is refused', (prefix, why) => {
  expect(parsePrefix(prefix)).toEqual({
    code: 'PREFIX_INVALID',
    message: expect.stringMatching(new RegExp(`${escape(why)}.*, got ${escape(`"${prefix}"`)}$`)),
  });
});

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\*/]/g, '\\$&');
}
