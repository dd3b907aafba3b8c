/**
 * Bundles what runs in Lambda: each module of the runtime, as listed in lib/contract/javascript/runtime-modules.ts, and the hook of rollouts. The
 * user's build aliases `cdk-lazy-api/runtime` and the names below it to the built modules, and minifies them.
 *
 * Usage: node scripts/build-runtime.mjs [directory]
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const runtime = join(root, 'lib/runtime');
const { RUNTIME_MODULES, runtimeModuleName, runtimeModulesFor } = await importSource(join(root, 'lib/contract/javascript/runtime-modules.ts'));

/** Imports the source itself, because the file that jsii compiles may be older or missing. */
async function importSource(file) {
  const { outputFiles: [{ text }] } = await build({ entryPoints: [file], bundle: true, write: false, format: 'esm', platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

/** The names of the modules that the runtime imports dynamically, by source. */
const apart = new Map(runtimeModulesFor('part', 'named').map((file) => [join(runtime, RUNTIME_MODULES[file].source), runtimeModuleName(file)]));

/** Keeps imports of these modules, under names that do not depend on where the core is. */
const keepPartsApart = {
  name: 'keep-parts-apart',
  setup: ({ onResolve }) => onResolve({ filter: /^\..*\.js$/ }, ({ path, kind, resolveDir }) => {
    const name = apart.get(resolve(resolveDir, path.replace(/\.js$/, '.ts')));
    return kind === 'dynamic-import' && name ? { path: name, external: true } : undefined;
  }),
};

const common = {
  absWorkingDir: root, bundle: true, format: 'esm', platform: 'node', packages: 'external', legalComments: 'none', logLevel: 'warning',
};

await build({
  ...common,
  entryPoints: Object.fromEntries(Object.entries(RUNTIME_MODULES).map(([file, { source }]) => [file, join(runtime, source)])),
  outdir: resolve(process.argv[2] ?? runtime),
  outExtension: { '.js': '.mjs' },
  target: 'node20',
  plugins: [keepPartsApart],
});

// The function that CodeDeploy calls. This is its complete asset.
if (!process.argv[2]) {
  await build({ ...common, entryPoints: [join(root, 'lib/hook/index.ts')], outfile: join(root, 'lib/hook/asset/index.mjs'), target: 'node24' });
}
