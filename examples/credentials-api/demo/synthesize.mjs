import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { App, Duration, Stack } = require('aws-cdk-lib');
const { Architecture, Runtime, RuntimeFamily } = require('aws-cdk-lib/aws-lambda');
const { LazyPythonApiFunction, PythonRouters } = require('../../../lib/index.js');

const EXAMPLE = join(import.meta.dirname, '..');

/**
 * Synthesizes the API of app.ts for this machine's processor and Python, because the code runs here.
 *
 * @returns the directories of the assembly and of the function's code, and the manifest
 */
export function synthesize({ pythonVersion, outdir, ...props }) {
  const app = new App({ outdir, analyticsReporting: false });
  const backend = join(EXAMPLE, 'backend');
  const api = new LazyPythonApiFunction(new Stack(app, 'CredentialsApi'), 'Api', {
    entry: backend,
    app: 'main:app',
    routers: PythonRouters.fromDirectory(join(backend, 'api/v1'), { basePath: '/api/v1' }),
    runtime: new Runtime(`python${pythonVersion}`, RuntimeFamily.PYTHON),
    architecture: process.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    timeout: Duration.seconds(29),
    ...props,
  });
  app.synth();
  return { asset: join(outdir, api.function.node.findChild('Code').assetPath), manifest: api.manifest };
}
