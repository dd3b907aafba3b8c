/**
 * The ways to build an app. `build` returns the folder of the code. If it depends on the memory size or on the router, it runs for each one.
 */
import { join } from 'node:path';
import { ADAPTERS, adapterSource } from './adapters.mjs';
import { bundleEsm, bundleNodejsFunctions } from './bundle.mjs';
import { buildLazy, PreloadPolicy } from './library.mjs';
import { bundleNitro } from './nitro.mjs';
import { expressSource, honoSource } from './sources.mjs';
import { VARIANTS } from './variants/index.mjs';
import { libraryInit, monolithSource } from '../../../examples/clinic-api/demo/monolith.mjs';

export const PEERS = {
  ...VARIANTS,
  lazy: {
    describe: 'this library',
    by: 'memory',
    build: (app, outdir, { memoryMb }) => buildLazy(app, outdir, { memoryMb }),
  },
  everything: {
    describe: 'this library, everything preloaded',
    build: (app, outdir) => buildLazy(app, outdir, { preloadPolicy: PreloadPolicy.everything() }),
  },
  naive: {
    describe: 'naive lazy splitting: nothing preloaded',
    build: (app, outdir) => buildLazy(app, outdir, { preloadPolicy: PreloadPolicy.nothing() }),
  },
  nodejsFunction: {
    describe: 'NodejsFunction, its defaults',
    env: (app) => ({ NODE_PATH: join(app.root, 'node_modules') }),
    build: (app, outdir) => bundleNodejsFunctions(app, [monolithSource(app.routers)], outdir)[0],
  },
  monolithEsm: {
    describe: 'one minified ESM file',
    build: (app, outdir) => bundleEsm(app, monolithSource(app.routers), outdir),
  },
  nitro: {
    describe: 'Nitro\'s preset for AWS Lambda',
    byDefault: false,
    build: bundleNitro,
  },
  hono: {
    describe: 'Hono in front of all, one minified ESM file',
    canServe: ({ routers }) => routers.every(({ kind }) => kind !== 'listener'),
    build: (app, outdir) => bundleEsm(app, honoSource(app.routers), outdir),
  },
  express: {
    describe: 'Express in front of all, one minified ESM file',
    build: (app, outdir) => bundleEsm(app, expressSource(app.routers), outdir),
  },
  ...Object.fromEntries(Object.entries(ADAPTERS).map(([adapter, { describe }]) => [adapter, {
    describe,
    byDefault: false,
    build: (app, outdir) => bundleEsm(app, adapterSource(app, adapter), outdir),
  }])),
  floor: {
    describe: 'one function per router',
    by: 'router',
    build: (app, outdir, { router }) => bundleEsm(app, monolithSource(only(app, router)), outdir),
  },
  floorInit: {
    describe: 'one function per router, with what this library does in INIT',
    by: 'router',
    build: (app, outdir, { router }) => bundleEsm(app, monolithSource(only(app, router), { atEnd: libraryInit(only(app, router)) }), outdir),
  },
};

/** All peers except variants and those that take seconds for each sample. */
export const DEFAULT_PEERS = Object.keys(PEERS).filter((peer) => !(peer in VARIANTS) && PEERS[peer].byDefault !== false);

function only(app, router) {
  return app.routers.filter(({ name }) => name === router);
}
