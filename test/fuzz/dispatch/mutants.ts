import { ARRIVES } from './arrival';
import { CORS, PREFLIGHT } from './cors';
import { NEVER_ANOTHER, RIGHT_ROUTER } from './routing';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'a greedy route reaches all routers instead of its own routers',
    file: 'lib/runtime/dispatch/dispatcher.ts', find: 'createMatcher(prefixes)', replace: 'createMatcher(routers.map(({ prefix }) => prefix))', killedBy: NEVER_ANOTHER,
  },
  {
    why: 'the path of an unknown route selects a router',
    file: 'lib/runtime/dispatch/dispatcher.ts', find: 'const prefixes = byMatching.get(path);', replace: 'const prefixes = byMatching.get(path) ?? routers.map(({ prefix }) => prefix);', killedBy: NEVER_ANOTHER,
  },
  {
    why: 'a router at the same path handles the requests of a greedy route',
    file: 'lib/runtime/dispatch/dispatcher.ts', find: 'byMatching.has(key) ? undefined : byPath.get(key)', replace: 'byPath.get(key)', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'the shorter prefix wins',
    file: 'lib/routing/match.ts', find: 'rank(b.pattern) - rank(a.pattern)', replace: 'rank(a.pattern) - rank(b.pattern)', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'a parameter has the same weight as a literal',
    file: 'lib/routing/match.ts', find: '(isParam(segment) ? 1 : 2)', replace: '2', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'the order of literals and parameters in a prefix has no effect',
    file: 'lib/routing/match.ts', find: '2 * sum', replace: 'sum', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'a parameter matches an empty segment',
    file: 'lib/routing/match.ts', find: '&& path[at + i])', replace: '&& path[at + i] !== undefined)', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'the API\'s path starts where its route first matches, whatever the greedy parameter is',
    file: 'lib/runtime/dispatch/event-path.ts', find: 'return ending ? path.length - ending.length : [', replace: 'return [', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'an encoded slash separates segments',
    file: 'lib/runtime/dispatch/event-path.ts', find: 'const path = decode(raw);', replace: 'const path = decode(raw).join(\'/\').split(\'/\');', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'a trailing slash hides the end of a path',
    file: 'lib/runtime/dispatch/event-path.ts', find: '[[...whole, \'\'], whole,', replace: '[whole,', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'the path of an HTTP API is decoded again',
    file: 'lib/runtime/dispatch/event-path.ts', find: 'return keeps ? \'encoded\' : \'decoded\';', replace: 'return \'encoded\';', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'dot segments are accepted',
    file: 'lib/routing/match.ts', find: 'segment === \'.\' || segment === \'..\'', replace: 'segment === \'.\'', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'a path is decoded twice',
    file: 'lib/routing/match.ts', find: 'segments.map(decodeURIComponent)', replace: 'segments.map(decodeURIComponent).map((segment) => (/%\\w\\w/.test(segment) ? decodeURIComponent(segment) : segment))', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'the authorizer context is not checked',
    file: 'lib/runtime/dispatch/answerer.ts', find: 'if (router.authorized)', replace: 'if (!router.authorized)', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'an IAM caller counts as a caller with an authorizer context',
    file: 'lib/runtime/endpoint/authorizer.ts', find: '\'principalId\']', replace: '\'principalId\', \'iam\']', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'the path of a Request is decoded one time too many',
    file: 'lib/runtime/web/mount.ts', find: ': segment.replace(NOT_IN_A_PATH, encodeURIComponent);', replace: ': segment.replace(/%25/g, \'%\').replace(NOT_IN_A_PATH, encodeURIComponent);', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'dot segments change the path of a Request',
    file: 'lib/runtime/web/mount.ts', find: 'path.split(\'/\').some((segment) =>', replace: 'path.split(\'/\').every((segment) =>', killedBy: RIGHT_ROUTER,
  },
  {
    why: 'a body in base64 is treated as text',
    file: 'lib/runtime/fetch/to-request.ts', find: 'event.isBase64Encoded ? \'base64\' : \'utf8\'', replace: '\'utf8\'', killedBy: ARRIVES,
  },
  {
    why: 'one of two headers with the same name is lost',
    file: 'lib/runtime/fetch/to-request.ts', find: 'headers.append(name, value)', replace: 'headers.set(name, value)', killedBy: ARRIVES,
  },
  {
    why: 'the cookies are lost',
    file: 'lib/runtime/fetch/to-request.ts', find: 'if (isHttpApiEvent(event) && event.cookies?.length) headers.set', replace: 'if (!isHttpApiEvent(event) && 0) headers.set', killedBy: ARRIVES,
  },
  {
    why: 'any origin is reflected',
    file: 'lib/runtime/endpoint/rest.ts', find: 'allowOrigins.includes(origin))', replace: 'allowOrigins.some((one) => origin.startsWith(one)))', killedBy: CORS,
  },
  {
    why: 'the Vary header is missing for origins that are not allowed',
    file: 'lib/runtime/endpoint/rest.ts', find: '...!any && { vary', replace: '...allowed && !any && { vary', killedBy: CORS,
  },
  {
    why: 'a preflight request from any origin is granted',
    file: 'lib/runtime/endpoint/preflight.ts', find: 'allowed === event.headers?.origin', replace: 'event.headers?.origin?.startsWith(allowed)', killedBy: PREFLIGHT,
  },
];
