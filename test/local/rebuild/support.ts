import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunctionProps, Routers } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { newApi, newApp } from '../../support/app';

export const FILES = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'config/build.json': '{ "compilerOptions": { "jsx": "react-jsx" } }',
  'src/setup.ts': 'globalThis.isSetUp = true;',
  'src/real.ts': 'export const name = "real";',
  'src/shared.ts': 'export const shared = (text: string) => `shared ${text} ${"x".repeat(2000)}`;',
  'src/routers/users.ts': 'import { shared } from "../shared"; import { name } from "fake"; export default { fetch: () => new Response(shared(name)) };',
  'src/routers/orders.ts': 'import { shared } from "../shared"; export const handler = async () => ({ statusCode: 200, body: shared("order") });',
  'templates/mail.txt': 'hello',
};

/** Synthesizes an app with the project as the working directory. */
export function synth(directory: string, props: () => Partial<LazyApiFunctionProps>, app: App = newApp()): SynthesizedApi {
  const before = process.cwd();
  process.chdir(directory);
  try {
    newApi({ routers: Routers.fromDirectory('src/routers', { basePath: '/api' }), ...props() }, new Stack(app, 'Shop'));
    return findApis(app.synth().directory)[0];
  } finally {
    process.chdir(before);
  }
}
