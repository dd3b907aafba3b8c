/**
 * Bundles what runs in Lambda: `index.mjs` is what router code imports, `entry.mjs` what the generated entry calls, `report.mjs`, `verification.mjs`
 * and the files of endpoint/ what it imports for apps that need them, and `fetch.mjs`, `recovery.mjs` and `direct.mjs` are parts that the
 * runtime imports when it needs them. The user's build aliases `cdk-lazy-api/runtime` and the paths below it to them, and minifies them.
 *
 * Usage: node scripts/build-runtime.mjs [directory]
 */
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = (file) => join(root, 'lib/runtime', file);

/** Leaves the imports of the parts alone, under names that do not depend on where the core lies. */
const keepPartsApart = {
  name: 'keep-parts-apart',
  setup: ({ onResolve }) => onResolve({ filter: /\/(fetch|recovery|direct)\.js$/ }, ({ path, kind }) =>
    kind === 'dynamic-import' ? { path: `cdk-lazy-api/runtime/${basename(path, '.js')}`, external: true } : undefined),
};

const common = { absWorkingDir: root, bundle: true, format: 'esm', platform: 'node', packages: 'external', legalComments: 'none', logLevel: 'warning' };

await build({
  ...common,
  entryPoints: {
    index: source('index.ts'),
    entry: source('entry.ts'),
    report: source('report/report.ts'),
    verification: source('rollout/pre-traffic.ts'),
    ...Object.fromEntries(['authorizer', 'preflight', 'streaming', 'rest'].map((part) => [part, source(`endpoint/${part}.ts`)])),
    fetch: source('fetch/fetch.ts'),
    recovery: source('recovery/recovery.ts'),
    direct: source('secrets/direct.ts'),
  },
  outdir: resolve(process.argv[2] ?? join(root, 'lib/runtime')),
  outExtension: { '.js': '.mjs' },
  target: 'node20',
  plugins: [keepPartsApart],
});

// The function that CodeDeploy calls: all of its asset.
if (!process.argv[2]) await build({ ...common, entryPoints: [join(root, 'lib/hook/index.ts')], outfile: join(root, 'lib/hook/asset/index.mjs'), target: 'node24' });
