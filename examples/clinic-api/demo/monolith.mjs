import { statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The esbuild options for one minified ESM file in which CommonJS dependencies work. */
export const ONE_MINIFIED_FILE = {
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;' },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'error',
};

/** The aliases by which a bundle finds the library's runtime. */
export const RUNTIME_ALIASES = Object.fromEntries(['entry', 'fetch', 'listener', 'recovery'].map((part) => [`cdk-lazy-api/runtime/${part}`, join(import.meta.dirname, `../../../lib/runtime/${part}.mjs`)]));

/** All routers behind the library's own dispatcher, imported at once. INIT only uses `Response` for the first time, or runs `atEnd`. */
export function monolithSource(routers, { extras = '', atEnd = firstResponse(routers) } = {}) {
  const imports = routers.map(({ entry }, i) => `import * as r${i} from ${JSON.stringify(`./${entry}`)};`);
  const routes = routers.map(({ prefix }, i) => `{ prefix: ${JSON.stringify(prefix)}, load: async () => r${i} }`);
  const parts = ['fetch', 'listener'].filter((kind) => has(routers, kind));
  return `import { createLazyApi } from 'cdk-lazy-api/runtime/entry';
${parts.map((part) => `import * as ${part}Part from 'cdk-lazy-api/runtime/${part}';`).join('\n')}
${imports.join('\n')}
export const { handler, init } = createLazyApi({ routes: [${routes.join(', ')}] }, {${extras}}, { ${parts.map((part) => `${part}: async () => ${part}Part`).join(', ')} });
${atEnd}
`;
}

function firstResponse(routers) {
  return has(routers, 'fetch') ? "new Response(new Request('https://localhost').body);" : '';
}

/** What the library does in INIT in addition to loading chunks. */
export function libraryInit(routers) {
  return `await init({ base: '', chunks: [], routers: [], fetch: ${has(routers, 'fetch')} });`;
}

function has(routers, kind) {
  return routers.some((router) => router.kind === kind);
}

/** One minified ESM file with all routers. */
export async function buildMonolith(example, { routers }) {
  const directory = join(example, 'cdk.out', 'monolith');
  const outfile = join(directory, 'index.mjs');
  await build({ stdin: { contents: monolithSource(routers), resolveDir: join(example, 'backend') }, outfile, alias: RUNTIME_ALIASES, ...ONE_MINIFIED_FILE });
  return { directory, bytes: statSync(outfile).size };
}
