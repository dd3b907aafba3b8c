import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunction, Routers, Verify } from 'cdk-lazy-api';

new LazyApiFunction(new Stack(new App(), 'Nest'), 'Api', {
  routers: Routers.fromDirectory('src/routers'),
  bundling: {
    inject: [require.resolve('reflect-metadata')],
    externalModules: ['class-transformer', 'class-validator', '@nestjs/microservices', '@nestjs/websockets'],
  },
  verify: Verify.atSynth({ requests: 'smoke.json' }),
});
