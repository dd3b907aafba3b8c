import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);

export const { App, Stack } = require('aws-cdk-lib');
export const cdk = { lambda: require('aws-cdk-lib/aws-lambda'), nodejs: require('aws-cdk-lib/aws-lambda-nodejs') };
export const { LazyApiFunction, PreloadPolicy, RequestLog, Routers, Verify } = require(join(ROOT, 'lib/index.js'));

/** The asset of what this library builds of an app. */
export function buildLazy(app, outdir, { preloadPolicy, memoryMb, requestLog = RequestLog.none(), verify, routers = app.routers, bundling } = {}) {
  const cdkApp = new App({ outdir });
  const api = new LazyApiFunction(new Stack(cdkApp, 'Stack'), 'Api', {
    routers: Routers.fromMap(Object.fromEntries(routers.map(({ prefix, entry }) => [prefix, { entry: join(app.root, entry) }]))),
    bundling: { projectRoot: app.root, ...bundling },
    memorySize: memoryMb,
    preloadPolicy,
    requestLog,
    verify,
    monitoring: { alarms: false, dashboard: false, savedQueries: false },
  });
  return join(outdir, api.function.node.findChild('Code').assetPath);
}
