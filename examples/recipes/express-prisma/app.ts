import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunction, PreloadPolicy, Routers, Verify } from 'cdk-lazy-api';

new LazyApiFunction(new Stack(new App(), 'ExpressPrisma'), 'Api', {
  routers: Routers.fromDirectory('src/routers'),
  bundling: { nodeModules: ['libsql'], files: { 'prisma/migrations': 'prisma/migrations' } },
  preloadPolicy: PreloadPolicy.memoryAware({ include: ['@prisma/client'] }),
  verify: Verify.atSynth({ requests: 'smoke.json' }),
});
