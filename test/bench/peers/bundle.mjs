/** Bundles an entry into one file, with CDK's NodejsFunction and with esbuild. */
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { App, cdk, Stack } from './library.mjs';
import { ONE_MINIFIED_FILE, RUNTIME_ALIASES } from '../../../examples/clinic-api/demo/monolith.mjs';

/** Creates one minified ESM file. */
export async function bundleEsm(app, source, outdir) {
  await build({
    stdin: { contents: source, resolveDir: app.root, sourcefile: 'entry.mjs' },
    absWorkingDir: app.root,
    outfile: join(outdir, 'index.mjs'),
    nodePaths: [join(import.meta.dirname, '../node_modules')],
    alias: RUNTIME_ALIASES,
    external: app.nodeModules,
    ...ONE_MINIFIED_FILE,
  });
  if (app.nodeModules) symlinkSync(join(app.root, 'node_modules'), join(outdir, 'node_modules'));
  return outdir;
}

/** Bundles entries with the real NodejsFunction, in one stack. Its defaults are CommonJS, no minification, and the AWS SDK of the runtime. */
export function bundleNodejsFunctions(app, sources, outdir) {
  const entries = sources.map((source, i) => {
    const entry = join(app.root, `bench-entry-${i}.ts`);
    writeFileSync(entry, source);
    return entry;
  });
  try {
    const stack = new Stack(new App({ outdir }), 'Stack');
    return entries.map((entry, i) => {
      const fn = new cdk.nodejs.NodejsFunction(stack, `Function${i}`, {
        entry,
        runtime: cdk.lambda.Runtime.NODEJS_24_X,
        projectRoot: app.root,
        depsLockFilePath: join(app.root, 'package-lock.json'),
        bundling: {
          ...app.commonJs,
          // `nodeModules` would install the packages. NODE_PATH finds those of the app instead.
          externalModules: app.nodeModules && ['@aws-sdk/*', '@smithy/*', ...app.nodeModules],
          esbuildArgs: Object.fromEntries(Object.entries(RUNTIME_ALIASES).map(([name, file]) => [`--alias:${name}`, file])),
        },
      });
      return join(outdir, fn.node.findChild('Code').assetPath);
    });
  } finally {
    entries.forEach((entry) => rmSync(entry, { force: true }));
  }
}
