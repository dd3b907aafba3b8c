import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { LazyPythonApiFunction, PythonRouters } from 'cdk-lazy-api';

const app = new App();
const stack = new Stack(app, 'CredentialsApi');
const backend = path.join(__dirname, 'backend');

new LazyPythonApiFunction(stack, 'Api', {
  entry: backend,
  app: 'main:app',
  routers: PythonRouters.fromDirectory(path.join(backend, 'api/v1'), { basePath: '/api/v1' }),
  timeout: Duration.seconds(29),
});
