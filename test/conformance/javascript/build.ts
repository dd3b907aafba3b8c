/**
 * The asset of a vector's application. The library builds it with esbuild.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { ApiEndpoint, LazyApiFunctionProps, PreloadPolicy, RequestLog, Rollout, RouterProps, Routers } from '../../../lib';
import { PLAIN_ENDPOINT } from '../../../lib/contract/endpoint';
import type { EndpointPlan } from '../../../lib/endpoint/endpoint-plan';
import { NoEndpoint } from '../../../lib/endpoint/no-endpoint';
import { assetOf, newApi } from '../../support/app';
import { project } from '../../support/project';
import { RouterFixture, VectorApp } from '../vector';

/** The module of each fixture router. */
const SOURCES: { readonly [fixture: string]: (router: string) => string } = {
  ...Object.fromEntries(['web', 'handler'].map((name) => [name, exporting(name, 'fixtures.mjs')])),
  ...Object.fromEntries(['secrets', 'careless', 'logger'].map((name) => [name, exporting(name, 'library-fixtures.mjs')])),
  'load-fails': () => 'throw new Error("cannot be loaded"); export default {};',
  'load-hangs': () => 'await new Promise(() => {}); export default {};',
  'no-router': () => 'export default { name: "configuration" };',
};

/** The kind of router of a web application. */
export type Flavor = 'fetch' | 'listener';

const built = new Map<string, string>();

/** Builds each application only once. */
export function buildAsset(app: VectorApp, flavor: Flavor): string {
  const key = JSON.stringify([app, flavor]);
  if (!built.has(key)) built.set(key, assetOf(newApi(propsOf(app, flavor))));
  return built.get(key)!;
}

function propsOf({ routers, endpoint, report, preTraffic = false }: VectorApp, flavor: Flavor): LazyApiFunctionProps {
  return {
    routers: Routers.fromMap(writeRouters(routers, flavor)),
    endpoint: endpointOf({ ...PLAIN_ENDPOINT, ...endpoint }),
    preloadPolicy: PreloadPolicy.nothing(),
    requestLog: requestLogOf(report),
    monitoring: report ? { perRouterMetrics: report.perRouterMetrics } : {},
    rollout: report?.perVersionMetrics ? Rollout.canary(10, Duration.minutes(5), { verify: preTraffic }) : Rollout.allAtOnce({ verify: preTraffic }),
  };
}

function requestLogOf(report: VectorApp['report']): RequestLog {
  if (!report) return RequestLog.none();
  if (report.path) return RequestLog.withPath();
  return report.everyRequest ? RequestLog.everyRequest() : RequestLog.coldStartsAndErrors();
}

/** An endpoint that consists only of the traits that the function knows. */
function endpointOf(traits: typeof PLAIN_ENDPOINT): ApiEndpoint {
  const plan: EndpointPlan = { traits, eventSource: 'HTTP API', urlOutput: false, bind: (scope) => new NoEndpoint(scope, 'NoEndpoint') };
  return Object.assign(ApiEndpoint.none(), { _plan: () => plan });
}

function writeRouters(routers: VectorApp['routers'], flavor: Flavor): { [prefix: string]: RouterProps } {
  const declared = Object.entries(routers).map(([prefix, router], index) => {
    const { fixture, stripPrefix }: RouterFixture = typeof router === 'string' ? { fixture: router } : router;
    return { prefix, file: `src/router-${index}.mjs`, source: sourceOf(fixture, flavor)(prefix), stripPrefix };
  });
  const root = project(Object.fromEntries(declared.map(({ file, source }) => [file, source])));
  for (const file of ['fixtures.mjs', 'library-fixtures.mjs']) copyFileSync(join(__dirname, file), join(root, 'src', file));
  return Object.fromEntries(declared.map(({ prefix, file, stripPrefix }) => [prefix, { entry: join(root, file), stripPrefix }]));
}

function sourceOf(fixture: string, flavor: Flavor): (router: string) => string {
  return fixture === 'web' && flavor === 'listener' ? exporting('webListener', 'fixtures.mjs', 'const listener =') : SOURCES[fixture];
}

function exporting(fixture: string, file: string, how = 'default'): (router: string) => string {
  return (router) => `import { ${fixture} } from './${file}'; export ${how} ${fixture}(${JSON.stringify(router)});`;
}
