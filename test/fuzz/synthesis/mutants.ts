import { GUARDED, SAME } from './authorization';
import { PREFIXES } from './options';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'authorizers of one kind become one',
    file: 'lib/endpoint/authorizer-id.ts', find: '.digest(\'hex\').slice(0, 8)', replace: '.digest(\'hex\').slice(0, 0)', killedBy: GUARDED,
  },
  {
    why: 'the authorization of a router itself is ignored',
    file: 'lib/endpoint/endpoint-plan.ts', find: 'options.authorization?._spec ?? common', replace: 'common', killedBy: GUARDED,
  },
  {
    why: 'routers of several authorizations share a greedy route',
    file: 'lib/routing/plan-routes.ts', find: 'authorization !== first.authorization', replace: 'authorization === undefined', killedBy: GUARDED,
  },
  {
    why: 'the routes of preflight requests want credentials',
    file: 'lib/endpoint/http/http-routes.ts', find: 'addRoute(\'OPTIONS\', route.path, { authorizationType: \'NONE\' })', replace: 'addRoute(\'OPTIONS\', route.path, { authorizationType: \'AWS_IAM\' })', killedBy: GUARDED,
  },
  {
    why: 'the exact route of a router is left out',
    file: 'lib/routing/route-paths.ts', find: 'return [prefix, greedyPath(prefix)];', replace: 'return [greedyPath(prefix), greedyPath(prefix)];', killedBy: PREFIXES,
  },
  {
    why: 'a prefix may have dot segments',
    file: 'lib/routing/prefix.ts', find: 'text === \'.\' || text === \'..\'', replace: 'text === \'.\'', killedBy: PREFIXES,
  },
  {
    why: 'prefixes that differ in case stand side by side',
    file: 'lib/routing/conflicts.ts', find: 'shape(parsed).toLowerCase()', replace: 'shape(parsed)', killedBy: PREFIXES,
  },
  {
    why: 'parameters may be named twice',
    file: 'lib/routing/prefix.ts', find: 'if (params.has(param))', replace: 'if (params.has(text))', killedBy: PREFIXES,
  },
  {
    why: 'the order of declaration shows in the template',
    file: 'lib/bundling/resolve-routers.ts', find: '[...declarations].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0))', replace: '[...declarations]', killedBy: SAME,
  },
];
