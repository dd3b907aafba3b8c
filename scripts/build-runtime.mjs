/**
 * Bundles what runs in Lambda into one file: the user's build aliases `cdk-lazy-api/runtime` to it, and minifies it.
 *
 * Usage: node scripts/build-runtime.mjs [file]
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'lib/runtime/bundle.ts')],
  outfile: resolve(process.argv[2] ?? join(root, 'lib/runtime/index.mjs')),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  legalComments: 'none',
  logLevel: 'warning',
});
