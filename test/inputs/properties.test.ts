import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { ApiEndpoint, LazyApiFunctionProps, Routers, Verify } from '../../lib';
import { LazyApiError } from '../../lib/private/errors';
import { newApi, routersAt } from '../support/app';
import { handlerSource, project } from '../support/project';

const directory = `${project({ 'routers/users.ts': handlerSource('users') })}/routers`;

/** Checks that the call succeeds, or fails with an error that a user can act on. */
function worksOrRefuses(create: () => unknown): void {
  try {
    create();
  } catch (error) {
    if (!(error instanceof LazyApiError)) throw error;
  }
}

const anything = fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true });

const segment = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9\-._~!$&'()+,;=:@]{1,8}$/),
  fc.constantFrom('constructor', '__proto__', '{id}', '{proxy}', '{constructor}', 'OPTIONS', 'ANY', 'Default', '..', '$default'),
  fc.string(),
);

test.each(['http', 'rest', 'functionUrl'] as const)('routers with any prefixes work or are refused: ApiEndpoint.%s', (kind) => {
  const prefixes = fc.uniqueArray(fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(prefixes, (some) => worksOrRefuses(() => {
    const api = newApi({ endpoint: ApiEndpoint[kind](), routers: routersAt(some) });
    (api.node.root as App).synth();
  })), { numRuns: 50 });
}, 60_000);

test('any value of any prop works or is refused', () => {
  const names = ['routers', 'endpoint', 'runtime', 'bundling', 'budgets', 'verify', 'preloadPolicy', 'environment', 'memorySize', 'timeout', 'urlOutput', 'layers'];
  fc.assert(fc.property(fc.constantFrom(...names), anything, (name, value) => worksOrRefuses(() => newApi({ [name]: value } as Partial<LazyApiFunctionProps>))), { numRuns: 100 });
}, 60_000);

test('any routers and options work or are refused', () => {
  fc.assert(fc.property(anything, anything, (a, b) => {
    worksOrRefuses(() => Routers.fromMap(a as Parameters<typeof Routers.fromMap>[0]));
    worksOrRefuses(() => Routers.fromMap({ '/a': a } as Parameters<typeof Routers.fromMap>[0]));
    worksOrRefuses(() => Routers.fromDirectory(a as string, b as object));
    worksOrRefuses(() => Routers.fromDirectory(directory, a as object));
    worksOrRefuses(() => Verify.atSynth(a as object));
  }), { numRuns: 300 });
});

test('unknown members of an options object are ignored', () => {
  const bundling: { minify: boolean; more: unknown } = { minify: true, more: 1n };
  const circular = Object.assign(bundling, { self: bundling });
  expect(() => newApi({ bundling: circular, verify: Verify.atSynth(circular as {}) })).not.toThrow();
});
