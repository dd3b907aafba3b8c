import { createRequire } from 'node:module';
import { arch } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);

export const { App, Stack } = require('aws-cdk-lib');
export const cdk = { lambda: require('aws-cdk-lib/aws-lambda'), nodejs: require('aws-cdk-lib/aws-lambda-nodejs') };
const { PLAIN_ENDPOINT } = require(join(ROOT, 'lib/contract/endpoint.js'));
const { JavaScriptCode } = require(join(ROOT, 'lib/languages/javascript/javascript-code.js'));
const { buildRouters } = require(join(ROOT, 'lib/routers/build.js'));
export const { LazyApiFunction, LazyPythonApiFunction, PreloadPolicy, PythonRouters, RequestLog, Routers, Verify } = require(join(ROOT, 'lib/index.js'));

/** The build without CDK's part. It writes no files. */
export function bundleLazy(app) {
  const code = new JavaScriptCode(routersOf(app), { projectRoot: app.root }, { runtime: 'nodejs24.x', architecture: 'arm64' });
  return buildRouters(code, { entry: { traits: PLAIN_ENDPOINT }, preload: PreloadPolicy.memoryAware(), memoryMb: 1024 });
}

/** The asset that this library builds from an app. */
export function buildLazy(app, outdir, { preloadPolicy, memoryMb, requestLog = RequestLog.none(), verify, routers = app.routers, bundling } = {}) {
  const cdkApp = new App({ outdir });
  const api = new LazyApiFunction(new Stack(cdkApp, 'Stack'), 'Api', {
    routers: routersOf(app, routers),
    // The architecture of this machine, because the code runs here.
    architecture: arch() === 'arm64' ? cdk.lambda.Architecture.ARM_64 : cdk.lambda.Architecture.X86_64,
    bundling: { projectRoot: app.root, nodeModules: app.nodeModules, ...bundling },
    memorySize: memoryMb,
    preloadPolicy: preloadPolicy ?? PreloadPolicy.memoryAware({ include: app.include }),
    requestLog,
    verify,
    monitoring: { alarms: false, dashboard: false, savedQueries: false },
  });
  return join(outdir, api.function.node.findChild('Code').assetPath);
}

function routersOf({ root, routers }, some = routers) {
  return Routers.fromMap(Object.fromEntries(some.map(({ prefix, entry, preload }) => [prefix, { entry: join(root, entry), preload }])));
}
