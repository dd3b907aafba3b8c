/** Nitro's preset for AWS Lambda, with its defaults: each router is a lazy handler, and packages are traced and copied next to the code. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, createNitro, prepare } from 'nitropack';

const NOT_TRACED = ['async-function', 'async-generator-function', 'generator-function'].map((name) => `${name}/require.mjs`);

export async function bundleNitro(app, outdir) {
  const handlers = join(outdir, 'handlers');
  mkdirSync(handlers, { recursive: true });
  const nitro = await createNitro({
    rootDir: app.root,
    srcDir: app.root,
    buildDir: join(outdir, 'build'),
    output: { dir: join(outdir, 'output') },
    preset: 'aws-lambda',
    compatibilityDate: '2025-07-15',
    logLevel: 0,
    // Files that Node.js reads but tracing does not detect.
    externals: { traceInclude: NOT_TRACED.map((file) => join(app.root, 'node_modules', file)).filter(existsSync) },
    typescript: { generateTsConfig: false, generateRuntimeConfigTypes: false },
    handlers: app.routers.flatMap((router) => {
      const handler = join(handlers, `${router.name}.mjs`);
      writeFileSync(handler, handlerSource(app, router));
      return [router.prefix, `${router.prefix}/**`].map((route) => ({ route, handler, lazy: true }));
    }),
  });
  try {
    await prepare(nitro);
    await build(nitro);
  } finally {
    await nitro.close();
  }
  return join(outdir, 'output/server');
}

function handlerSource(app, { entry, prefix, kind }) {
  const file = JSON.stringify(join(app.root, entry));
  return kind === 'fetch'
    ? `import router from ${file};
import { eventHandler, toWebRequest } from 'h3';
export default eventHandler((event) => {
  const request = toWebRequest(event);
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(${prefix.length}) || '/';
  return router.fetch(new Request(url, request));
});`
    : `import { handler } from ${file};
import { eventHandler, getHeaders, readRawBody, send, setResponseHeaders, setResponseStatus } from 'h3';
export default eventHandler(async (event) => {
  const [rawPath, rawQueryString = ''] = event.path.split('?');
  const body = ['GET', 'HEAD'].includes(event.method) ? undefined : await readRawBody(event);
  const requestContext = { http: { method: event.method, path: rawPath, sourceIp: '127.0.0.1' } };
  const answer = await handler({ version: '2.0', routeKey: 'ANY ${prefix}', rawPath, rawQueryString, headers: getHeaders(event), requestContext, body, isBase64Encoded: false }, {});
  setResponseStatus(event, answer.statusCode);
  setResponseHeaders(event, answer.headers ?? {});
  return send(event, answer.body ?? '');
});`;
}
