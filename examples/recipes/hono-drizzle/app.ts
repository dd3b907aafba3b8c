import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunction, Routers, Verify } from 'cdk-lazy-api';

new LazyApiFunction(new Stack(new App(), 'HonoDrizzle'), 'Api', {
  routers: Routers.fromDirectory('src/routers'),
  bundling: { nodeModules: ['libsql'], files: { drizzle: 'drizzle' } },
  verify: Verify.atSynth({ requests: 'smoke.json' }),
});
