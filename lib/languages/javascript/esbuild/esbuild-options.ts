import * as path from 'path';
import type { BuildOptions, Drop, Loader } from 'esbuild';
import { runtimeModuleName, runtimeModulesFor } from '../../../contract/javascript/runtime-modules';
import { BuildJob } from '../bundler';
import { BundlingOptions } from '../bundling-options';

/**
 * `require` for CommonJS code in an ESM chunk: esbuild reserves the name, so no top-level declaration collides with it.
 * It does not reserve `__filename` and `__dirname`, which ESM sources often declare themselves: `define` renames only
 * those uses that the user did not declare.
 */
const BANNER = 'import{createRequire as __lazyCreateRequire}from"node:module";'
  + 'const require=__lazyCreateRequire(import.meta.url),__lazyFilename=import.meta.filename,__lazyDirname=import.meta.dirname;';

/** The library's own banner, followed by the user's. */
export function bannerOf(given?: string): string {
  return given === undefined ? BANNER : `${BANNER}\n${given}`;
}

/** Code that needs the banner. */
const NEEDS_BANNER = /\brequire\b|__lazyFilename|__lazyDirname/;

/** The code of a chunk without the banner. */
export function withoutBanner(code: string): string {
  return code.replace(BANNER, '');
}

/** Few chunks need the banner, but esbuild adds it to all. An empty line replaces it, so that source maps still match. */
export function dropUnusedBanner(code: string): string {
  const rest = withoutBanner(code);
  return NEEDS_BANNER.test(rest) ? code : rest;
}

/** The options of the single esbuild pass, with the texts of the runtime's modules. */
export function esbuildOptions(job: BuildJob, runtime: { readonly [module: string]: string }) {
  const { options } = job;
  return {
    absWorkingDir: job.projectRoot,
    stdin: { contents: job.main, resolveDir: job.projectRoot, sourcefile: 'main.js' },
    entryPoints: job.oneFile ? [] : [
      ...job.routers.map(({ name, entry }) => ({ in: `./${entry}`, out: `routers/${name}` })),
      ...runtimeModulesFor('part').map((file) => ({ in: runtimeModuleName(file), out: file })),
    ],
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',

    bundle: true,
    splitting: !job.oneFile,
    format: 'esm',
    platform: 'node',
    target: options.target ?? job.target,
    outExtension: { '.js': '.mjs' },
    entryNames: '[dir]/[name]',
    chunkNames: 'shared/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',

    // The text itself instead of a path: the library can be installed anywhere, and a path would be part of the chunks' hashes.
    alias: { ...aliasesOf(options), ...Object.fromEntries(Object.entries(runtime).map(([module, text]) => [module, dataUrl(text)])) },
    banner: { js: bannerOf(options.banner) },
    define: { ...options.define, __filename: '__lazyFilename', __dirname: '__lazyDirname' },
    minify: options.minify ?? true,
    keepNames: options.keepNames ?? false,
    sourcemap: options.sourceMap ?? false,
    legalComments: 'none',
    mainFields: [...options.mainFields ?? ['module', 'main']],
    ...givenOptions(options),
    external: [...options.externalModules ?? [], ...options.nodeModules ?? []],
  } satisfies BuildOptions;
}

/** The options that have their defaults in esbuild. */
function givenOptions({ conditions, externalModules, loader, tsconfig, inject, drop, supported, ...options }: BundlingOptions) {
  const { jsx, jsxImportSource, jsxFactory, jsxFragment } = options;
  return {
    ...conditions && { conditions: [...conditions] },
    ...externalModules && { external: [...externalModules] },
    ...loader && { loader: loader as { [extension: string]: Loader } },
    ...tsconfig !== undefined && { tsconfig: path.resolve(tsconfig) },
    ...inject && { inject: inject.map((file) => path.resolve(file)) },
    ...drop && { drop: drop as Drop[] },
    ...supported && { supported },
    ...jsx !== undefined && { jsx: jsx as 'transform' | 'automatic' },
    ...jsxImportSource !== undefined && { jsxImportSource },
    ...jsxFactory !== undefined && { jsxFactory },
    ...jsxFragment !== undefined && { jsxFragment },
  } satisfies BuildOptions;
}

/** Relative paths come from the user, who cannot know from which directory esbuild would resolve them. */
function aliasesOf({ alias = {} }: BundlingOptions): { [name: string]: string } {
  return Object.fromEntries(Object.entries(alias).map(([name, target]) => [name, /^\.\.?(\/|$)/.test(target) ? path.resolve(target) : target]));
}

function dataUrl(source: string): string {
  return `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
}
