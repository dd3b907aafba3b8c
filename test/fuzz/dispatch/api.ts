/**
 * Random APIs: routers at prefixes, behind one of the endpoints, with separate routes for each router or shared routes.
 */
import fc from 'fast-check';

export type DoorKind = 'HTTP API, payload 2.0' | 'HTTP API, payload 1.0' | 'REST API' | 'function URL';

export interface Door {
  readonly kind: DoorKind;
  readonly stage: string;
  /** The base path mapping of a custom domain, if the event's path contains it. */
  readonly mapping: string;
}

export interface Router {
  readonly prefix: string;
  /** Whether events must carry an authorizer context. */
  readonly authorized: boolean;
  readonly kind: 'fetch' | 'lambda';
  readonly stripPrefix: boolean;
}

/** A route of API Gateway. */
export interface GatewayRoute {
  /** A path, or `$default`. */
  readonly path: string;
  /** The prefixes of the routers that share the route. */
  readonly owners: readonly string[];
}

export interface Api {
  readonly door: Door;
  readonly routers: readonly Router[];
  readonly routes: readonly GatewayRoute[];
}

export const LITERALS = [
  'users', 'Users', 'api', 'v1', 'a', 'b', 'prod', 'x', '$default', '$metrics', 'a.b', '...', '~x', 'a+b', 'a:b', '@x', 'it\'s', '(x)', 'a,b;c=d', 'constructor', '__proto__', 'toString',
];
const PARAMS = ['{p}', '{q}', '{id}', '{constructor}', '{__proto__}'];

const prefix = fc.oneof(
  { weight: 1, arbitrary: fc.constant('/') },
  {
    weight: 9, arbitrary: fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...LITERALS) }, { weight: 1, arbitrary: fc.constantFrom(...PARAMS) }),
      { minLength: 1, maxLength: 4, selector: (text) => (text.startsWith('{') ? text : {}) }).map((segments) => `/${segments.join('/')}`),
  },
);

/** Synthesis refuses two prefixes that differ only in parameter names or in case. */
const shapeOf = (text: string) => text.replace(/\{\w+\}/g, '{}').toLowerCase();

const router = fc.record({ prefix, authorized: fc.boolean(), kind: fc.constantFrom('fetch' as const, 'lambda' as const), stripPrefix: fc.boolean().map((yes) => yes || false) });

const door: fc.Arbitrary<Door> = fc.record({
  kind: fc.constantFrom<DoorKind>('HTTP API, payload 2.0', 'HTTP API, payload 1.0', 'REST API', 'function URL'),
  stage: fc.constantFrom('$default', 'prod', 'v1'),
  mapping: fc.constantFrom('', '', '/v1', '/users', '/a/b'),
}).map(({ kind, stage, mapping }) => ({
  kind,
  stage: kind === 'function URL' ? '$default' : kind === 'REST API' ? 'prod' : stage,
  mapping: kind === 'REST API' || kind === 'HTTP API, payload 1.0' ? mapping : '',
}));

/**
 * The layout of the routes: separate routes for each router, `$default` for all, or a greedy route for routers with equal authorization below a path.
 */
const layout = fc.record({ kind: fc.constantFrom('own', 'own', 'default', 'greedy'), pick: fc.nat(), depth: fc.nat(3) });

export const api: fc.Arbitrary<Api> = fc.record({
  door, routers: fc.uniqueArray(router, { minLength: 1, maxLength: 6, selector: ({ prefix: text }) => shapeOf(text) }), layout,
}).map(({ door: { kind, stage, mapping }, routers, layout: { kind: wanted, pick, depth } }) => {
  // Payload format 1.0 represents `$default` like the path of a router's own route.
  const isAmbiguous = kind === 'HTTP API, payload 1.0' && routers.some((one) => one.prefix === '/$default');
  const byPath = kind === 'function URL' || (wanted === 'default' && kind !== 'REST API' && !isAmbiguous);
  // With payload format 1.0, the path contains the mapping. Without a matched route, nothing identifies it.
  const front = { kind, stage, mapping: byPath ? '' : mapping };
  const routes = byPath ? [{ path: '$default', owners: routers.map(({ prefix: text }) => text) }]
    : wanted === 'greedy' ? greedyLayout(routers, pick, depth)
      : routers.flatMap((one) => ownRoutes(one.prefix));
  return { door: front, routers, routes };
});

export const isGreedy = ({ path, owners }: GatewayRoute): boolean => path !== '$default' && (owners.length > 1 || `${owners[0] === '/' ? '' : owners[0]}/{proxy+}` !== path) && path.endsWith('/{proxy+}');

export const segmentsOf = (path: string): string[] => path.split('/').filter((text) => text !== '');

function ownRoutes(text: string): GatewayRoute[] {
  return [{ path: text, owners: [text] }, { path: below(text), owners: [text] }];
}

const below = (base: string) => `${base === '/' ? '' : base}/{proxy+}`;

function greedyLayout(routers: readonly Router[], pick: number, depth: number): GatewayRoute[] {
  const chosen = routers[pick % routers.length];
  const base = `/${segmentsOf(chosen.prefix).slice(0, depth).join('/')}`;
  const group = routers.filter((one) => one.authorized === chosen.authorized && (one.prefix === base || one.prefix.startsWith(base === '/' ? '/' : `${base}/`)));
  const self = routers.find((one) => one.prefix === base);
  if (group.length < 2 || (self && !group.includes(self))) return routers.flatMap((one) => ownRoutes(one.prefix));
  const others = routers.filter((one) => !group.includes(one));
  return [
    ...others.flatMap((one) => ownRoutes(one.prefix)),
    ...self ? [{ path: base, owners: [base] }] : [],
    { path: below(base), owners: group.map((one) => one.prefix) },
  ];
}
