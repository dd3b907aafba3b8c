/** One-file bundles of an entry, by CDK's NodejsFunction and by esbuild. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { App, cdk, Stack } from './library.mjs';
import { ALIASES } from './sources.mjs';

const BANNER = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;';

/** One minified ESM file. */
export async function bundleEsm(app, source, outdir) {
  await build({
    stdin: { contents: source, resolveDir: app.root, sourcefile: 'entry.mjs' },
    absWorkingDir: app.root,
    outfile: join(outdir, 'index.mjs'),
    nodePaths: [join(import.meta.dirname, '../node_modules')],
    alias: ALIASES,
    banner: { js: BANNER },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'error',
  });
  return outdir;
}

/** What NodejsFunction makes of an entry, really called. By default: CommonJS, not minified, the AWS SDK left to the runtime. */
export function bundleNodejsFunction(app, source, outdir, bundling = {}) {
  const entry = join(app.root, 'bench-entry.ts');
  writeFileSync(entry, source);
  try {
    const fn = new cdk.nodejs.NodejsFunction(new Stack(new App({ outdir }), 'Stack'), 'Function', {
      entry,
      runtime: cdk.lambda.Runtime.NODEJS_24_X,
      projectRoot: app.root,
      depsLockFilePath: join(app.root, 'package-lock.json'),
      bundling: { ...bundling, esbuildArgs: Object.fromEntries(Object.entries(ALIASES).map(([name, file]) => [`--alias:${name}`, file])) },
    });
    return join(outdir, fn.node.findChild('Code').assetPath);
  } finally {
    rmSync(entry, { force: true });
  }
}
