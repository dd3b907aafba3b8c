import { EQUAL_IDS, GUARDED, SAME } from './authorization';
import { PREFIXES } from './options';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'authorizers of the same kind are merged',
    file: 'lib/endpoint/authorizers.ts', find: '.digest(\'hex\').slice(0, 8)', replace: '.digest(\'hex\').slice(0, 0)', killedBy: GUARDED,
  },
  {
    why: 'authorizers are merged whatever their settings are',
    file: 'lib/endpoint/authorizers.ts', find: 'identityOf(compared, {', replace: 'identityOf(spec.kind, {', killedBy: GUARDED,
  },
  {
    why: 'values that are known only at deployment are treated as equal',
    file: 'lib/endpoint/authorizers.ts', find: 'opaque: firstPrefix', replace: 'opaque: \'\'', killedBy: GUARDED,
  },
  {
    why: 'a construct is identified only by its id',
    file: 'lib/endpoint/identity.ts', find: '{ construct: names.pathOf(value) }', replace: '{ construct: value.node.id }', killedBy: EQUAL_IDS,
  },
  {
    why: 'a construct of another stack is identified only by its path below that stack',
    file: 'lib/endpoint/identity.ts', find: '[base.length - common, below]', replace: 'scopes.slice(common + 1).map(({ node }) => node.id)', killedBy: EQUAL_IDS,
  },
  {
    why: 'a reference is identified only by its attribute',
    file: 'lib/endpoint/identity.ts', find: '{ construct: pathOf(token.target), attribute: token.displayName }', replace: '{ attribute: token.displayName }', killedBy: GUARDED,
  },
  {
    why: 'the authorization of a single router is ignored',
    file: 'lib/endpoint/route-plan.ts', find: 'own[prefix]?.authorization?._spec ?? common', replace: 'common', killedBy: GUARDED,
  },
  {
    why: 'routers with different authorization share a greedy route',
    file: 'lib/routing/plan-routes.ts', find: 'authorization !== first.authorization', replace: 'authorization === undefined', killedBy: GUARDED,
  },
  {
    why: 'preflight routes require credentials',
    file: 'lib/endpoint/http/http-routes.ts', find: 'addRoute(\'OPTIONS\', route.path, { authorizationType: \'NONE\' })', replace: 'addRoute(\'OPTIONS\', route.path, { authorizationType: \'AWS_IAM\' })', killedBy: GUARDED,
  },
  {
    why: 'the exact route of a router is missing',
    file: 'lib/routing/route-paths.ts', find: 'return [prefix, greedyPath(prefix)];', replace: 'return [greedyPath(prefix), greedyPath(prefix)];', killedBy: PREFIXES,
  },
  {
    why: 'a prefix can have dot segments',
    file: 'lib/routing/prefix.ts', find: 'text === \'.\' || text === \'..\'', replace: 'text === \'.\'', killedBy: PREFIXES,
  },
  {
    why: 'prefixes that differ only in case are accepted',
    file: 'lib/routing/conflicts.ts', find: 'shape(parsed).toLowerCase()', replace: 'shape(parsed)', killedBy: PREFIXES,
  },
  {
    why: 'a parameter name can occur twice',
    file: 'lib/routing/prefix.ts', find: 'params.indexOf(param) < i', replace: 'params.indexOf(param) < 0', killedBy: PREFIXES,
  },
  {
    why: 'the order of declarations changes the template',
    file: 'lib/routers/resolve-routers.ts', find: '[...declarations].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0))', replace: '[...declarations]', killedBy: SAME,
  },
];
