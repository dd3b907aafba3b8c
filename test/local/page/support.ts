import { Stack } from 'aws-cdk-lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { readManifest } from '../../../lib/local/assembly/local-asset';
import { assetOf, SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { BuildStatus } from '../../../lib/local/server/build-state';
import { LocalServer, startLocalServer } from '../../../lib/local/server/local-server';
import { RequestLine } from '../../../lib/local/server/request-line';
import { startApi } from '../../../lib/local/start-api';
import { lambdaNodes } from '../../lambda-node';
import { newApi, newApp, routersOf } from '../../support/app';

/** Three routers, which all import db.ts. */
const ROUTERS = {
  'src/db.ts': `export const rows = ${JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, name: `row ${id}` })))};`,
  'src/routers/users.ts': `import { rows } from '../db';
export const handler = async (event: any) => ({
  statusCode: event.rawPath.endsWith('/moved') ? 302 : 200,
  headers: { 'content-type': 'application/json', 'location': '/api/users', 'x-rows': String(rows.length) },
  body: JSON.stringify({ method: event.requestContext.http.method, path: event.rawPath, headers: event.headers, body: event.body ?? null }),
});`,
  'src/routers/orders.ts': `import { rows } from '../db';
export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: '<img src=x onerror="document.title = 1"><script>document.title = 2</script>' + rows.length });`,
  'src/routers/fails.ts': `import { rows } from '../db';
export const handler = async () => { throw new Error('broken ' + rows.length); };`,
};

export function synthesizedApi(): SynthesizedApi {
  const app = newApp();
  newApi({ routers: routersOf(ROUTERS) }, new Stack(app, 'Shop'));
  return findApis(app.synth().directory)[0];
}

export interface Dev extends LocalServer {
  readonly lines: readonly RequestLine[];
  readonly build: BuildStatus;
}

/** Starts the server of `lazy-api dev` in this process. */
export async function startDev(api: SynthesizedApi): Promise<Dev> {
  const lines: RequestLine[] = [];
  const build = new BuildStatus();
  const manifest = readManifest(assetOf(api));
  const { endpoint, lambda, fn, notes, close } = await startApi(api, { node: lambdaNodes[lambdaNodes.length - 1].path });
  const page = { construct: api.path, notes: ['only deployment knows the value of TABLE', ...notes], manifest };
  const server = await startLocalServer({ endpoint, lambda, functionName: fn.name, port: 0, page, build, log: (line) => lines.push(line) });
  return { ...server, lines, build, close: async () => { await server.close(); await close(); } };
}
