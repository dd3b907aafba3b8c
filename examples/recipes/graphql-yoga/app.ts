import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunction, Routers, Verify } from 'cdk-lazy-api';

new LazyApiFunction(new Stack(new App(), 'GraphqlYoga'), 'Api', {
  routers: Routers.fromDirectory('src/routers'),
  verify: Verify.atSynth({ requests: 'smoke.json' }),
});
