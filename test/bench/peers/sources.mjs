/** The text of entries that import all routers, as people write them. */
import { RUNTIME } from './library.mjs';
import { join } from 'node:path';

/** All routers behind this library's own dispatcher: what differs is how they are bundled. INIT does what it does for the library, but for the loading. */
export function monolithSource(routers, { wait = 'await ' } = {}) {
  const imports = routers.map(({ entry }, i) => `import * as r${i} from ${JSON.stringify(`./${entry}`)};`);
  const routes = routers.map(({ prefix }, i) => `{ prefix: ${JSON.stringify(prefix)}, load: async () => r${i} }`);
  return `import { createLazyApi } from 'cdk-lazy-api/runtime/entry';
${imports.join('\n')}
export const { handler, init } = createLazyApi({ routes: [${routes.join(', ')}] });
${wait}init({ base: '', chunks: [], routers: [], fetch: ${routers.some(({ kind }) => kind === 'fetch')} });
`;
}

/** Where the library's runtime is. */
export const ALIASES = Object.fromEntries(['entry', 'fetch', 'recovery'].map((part) => [`cdk-lazy-api/runtime/${part}`, join(RUNTIME, `${part}.mjs`)]));

/** Hono in front of all routers, with its adapter for Lambda. */
export function honoSource(routers) {
  return `import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
${importAll(routers)}
const app = new Hono();
${routers.map(({ prefix, kind }, i) => (kind === 'fetch' ? `app.mount(${JSON.stringify(prefix)}, r${i}.fetch);` : viaHandler(`app.all(${JSON.stringify(prefix)}, call); app.all(${JSON.stringify(`${prefix}/*`)}, call);`, `r${i}`))).join('\n')}
export const handler = handle(app);
`;
}

/** Express in front of all routers, with serverless-http. */
export function expressSource(routers) {
  return `import express from 'express';
import serverless from 'serverless-http';
${importAll(routers)}
const app = express();
const viaFetch = (router) => async (req, res) => {
  const url = \`https://\${req.headers.host}\${req.url}\`;
  const body = ['GET', 'HEAD'].includes(req.method) ? undefined : req.body;
  const answer = await router.fetch(new Request(url, { method: req.method, headers: req.headers, body }));
  res.status(answer.status).set(Object.fromEntries(answer.headers)).send(Buffer.from(await answer.arrayBuffer()));
};
${routers.map(({ prefix, kind }, i) => (kind === 'fetch'
    ? `app.use(${JSON.stringify(prefix)}, viaFetch(r${i}));`
    : `app.use(${JSON.stringify(prefix)}, async (req, res) => { const { statusCode, headers, body } = await r${i}(req.apiGateway.event, req.apiGateway.context); res.status(statusCode).set(headers ?? {}).send(body ?? ''); });`)).join('\n')}
export const handler = serverless(app, { provider: 'aws', request: (req, event, context) => { req.apiGateway = { event, context }; } });
`;
}

function importAll(routers) {
  return routers.map(({ entry, kind }, i) => (kind === 'fetch' ? `import r${i} from ${JSON.stringify(`./${entry}`)};` : `import { handler as r${i} } from ${JSON.stringify(`./${entry}`)};`)).join('\n');
}

function viaHandler(routes, handler) {
  return `{ const call = async (c) => { const { statusCode, headers, body } = await ${handler}(c.env.event, c.env.lambdaContext); return new Response(body || null, { status: statusCode, headers }); }; ${routes} }`;
}
