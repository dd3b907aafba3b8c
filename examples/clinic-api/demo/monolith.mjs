import { statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** How esbuild makes one minified ESM file, in which CommonJS dependencies work. */
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

/** The same routers behind the same dispatcher, imported all at once: one minified ESM file. */
export async function buildMonolith(example, manifest) {
  const directory = join(example, 'cdk.out', 'monolith');
  const outfile = join(directory, 'index.mjs');
  const imports = manifest.routers.map(({ entry }, i) => `import * as r${i} from ${JSON.stringify(`./${entry}`)};`);
  const routes = manifest.routers.map(({ prefix }, i) => `{ prefix: ${JSON.stringify(prefix)}, load: async () => r${i} }`);
  await build({
    stdin: {
      contents: `import { createLazyApi } from 'cdk-lazy-api/runtime/entry';\n${imports.join('\n')}\n`
        + `export const { handler, init } = createLazyApi({ routes: [${routes.join(', ')}] });\n`
        + 'await init({ base: import.meta.url, chunks: [], routers: [], fetch: true });\n',
      resolveDir: join(example, 'backend'),
    },
    outfile,
    alias: Object.fromEntries(['entry', 'fetch', 'recovery'].map((part) => [`cdk-lazy-api/runtime/${part}`, join(example, `../../lib/runtime/${part}.mjs`)])),
    ...ONE_MINIFIED_FILE,
  });
  return { directory, bytes: statSync(outfile).size };
}
