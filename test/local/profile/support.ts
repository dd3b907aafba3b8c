import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { LazyApiFunctionProps, Routers } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { readModuleGraph } from '../../../lib/local/assembly/read-module-graph';
import { SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { compareCounters } from '../../../lib/local/profile/compare-counters';
import { countApi } from '../../../lib/local/profile/counters';
import { newApi, newApp } from '../../support/app';
import { project } from '../../support/project';

/** Three routers. Two share a file, and one of these is a fetch router that imports a package. */
export const SHOP = {
  'src/shared.ts': `export const shared = (text: string) => text + ${JSON.stringify('s'.repeat(3000))}.length;`,
  'src/routers/users.ts': 'import { shared } from "../shared"; export const handler = async () => ({ statusCode: 200, body: shared("users") });',
  'src/routers/orders.ts': 'import { shared } from "../shared"; import { tax } from "tax"; export default { fetch: () => new Response(shared("orders" + tax)) };',
  'src/routers/health.ts': 'export const handler = async () => ({ statusCode: 204 });',
  'node_modules/tax/package.json': '{ "name": "tax", "version": "1.0.0", "main": "index.js" }',
  'node_modules/tax/index.js': 'exports.tax = 7;',
};

/** A package of 300 KB. */
export const LARGE_PACKAGE = {
  'node_modules/large/package.json': '{ "name": "large", "version": "1.0.0", "main": "index.js" }',
  'node_modules/large/index.js': 'module.exports = require("./data");',
  'node_modules/large/data.js': `module.exports = ${JSON.stringify('x'.repeat(300_000))};`,
};

/** Synthesizes an app with the routers in src/routers. Returns the API, whose assembly is at `api.directory`. */
export function synthesize(files: { readonly [file: string]: string } = SHOP, props: Partial<LazyApiFunctionProps> = {}): SynthesizedApi {
  const app = newApp();
  const routers = Routers.fromDirectory(path.join(project(files), 'src/routers'), { basePath: '/api' });
  const architecture = process.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64;
  newApi({ routers, architecture, memorySize: 1024, ...props }, new Stack(app, 'Shop'));
  return findApis(app.synth().directory)[0];
}

/** Compares the counters of two builds, with a limit of 5 % by default. */
export function compareBuilds(before: SynthesizedApi, after: SynthesizedApi, maxGrowth = 0.05) {
  return compareCounters(countApi(before), countApi(after), readModuleGraph(after).imports, { maxGrowth });
}
