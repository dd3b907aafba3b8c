import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunction, Routers } from 'cdk-lazy-api';

const app = new App();
const stack = new Stack(app, 'ClinicApi');

new LazyApiFunction(stack, 'Api', {
  routers: Routers.fromDirectory(path.join(__dirname, 'backend/src/routers'), {
    basePath: '/api/v1',
    overrides: { health: { preload: true } },
  }),
  environment: { NODE_ENV: 'production' },
});
