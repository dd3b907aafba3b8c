/** Sources of entries that import all routers, as developers usually write them. */

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
${routers.map(({ prefix, kind }, i) => (kind !== 'lambda'
    ? `app.use(${JSON.stringify(prefix)}, ${kind === 'fetch' ? `viaFetch(r${i})` : `r${i}`});`
    : `app.use(${JSON.stringify(prefix)}, async (req, res) => { const { statusCode, headers, body } = await r${i}(req.apiGateway.event, req.apiGateway.context); res.status(statusCode).set(headers ?? {}).send(body ?? ''); });`)).join('\n')}
export const handler = serverless(app, { provider: 'aws', request: (req, event, context) => { req.apiGateway = { event, context }; } });
`;
}

function importAll(routers) {
  return routers.map(({ entry, kind }, i) => (kind !== 'lambda' ? `import r${i} from ${JSON.stringify(`./${entry}`)};` : `import { handler as r${i} } from ${JSON.stringify(`./${entry}`)};`)).join('\n');
}

function viaHandler(routes, handler) {
  return `{ const call = async (c) => { const { statusCode, headers, body } = await ${handler}(c.env.event, c.env.lambdaContext); return new Response(body || null, { status: statusCode, headers }); }; ${routes} }`;
}
