import { EQUAL_IDS, GUARDED, SAME } from './authorization';
import { PREFIXES } from './options';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'authorizers of one kind become one',
    file: 'lib/endpoint/authorizers.ts', find: '.digest(\'hex\').slice(0, 8)', replace: '.digest(\'hex\').slice(0, 0)', killedBy: GUARDED,
  },
  {
    why: 'authorizers are one whatever their settings are',
    file: 'lib/endpoint/authorizers.ts', find: 'identityOf(compared, {', replace: 'identityOf(spec.kind, {', killedBy: GUARDED,
  },
  {
    why: 'values that only deployment knows are equal',
    file: 'lib/endpoint/authorizers.ts', find: 'opaque: firstPrefix', replace: 'opaque: \'\'', killedBy: GUARDED,
  },
  {
    why: 'a construct counts by its id',
    file: 'lib/endpoint/identity.ts', find: '{ construct: names.pathOf(value) }', replace: '{ construct: value.node.id }', killedBy: EQUAL_IDS,
  },
  {
    why: 'a construct of another stack counts by its path below that',
    file: 'lib/endpoint/identity.ts', find: '[base.length - common, below]', replace: 'scopes.slice(common + 1).map(({ node }) => node.id)', killedBy: EQUAL_IDS,
  },
  {
    why: 'a reference counts by its attribute alone',
    file: 'lib/endpoint/identity.ts', find: '{ construct: pathOf(token.target), attribute: token.displayName }', replace: '{ attribute: token.displayName }', killedBy: GUARDED,
  },
  {
    why: 'the authorization of a router itself is ignored',
    file: 'lib/endpoint/route-plan.ts', find: 'own[prefix]?.authorization?._spec ?? common', replace: 'common', killedBy: GUARDED,
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
    file: 'lib/routing/prefix.ts', find: 'params.indexOf(param) < i', replace: 'params.indexOf(param) < 0', killedBy: PREFIXES,
  },
  {
    why: 'the order of declaration shows in the template',
    file: 'lib/routers/resolve-routers.ts', find: '[...declarations].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0))', replace: '[...declarations]', killedBy: SAME,
  },
];
