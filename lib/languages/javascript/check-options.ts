import * as path from 'path';
import { BundlingOptions } from './bundling-options';
import { isExternal } from './externals';
import { RUNTIME_MODULE } from '../../contract/javascript/runtime-modules';
import { aBoolean, aKnownString, checkProp, listOf, mapOf, must, objectOf, oneOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { all } from '../../private/limits';
import { oddity, pathKind } from '../../routers/path-kind';

/** https://esbuild.github.io/content-types/ */
const LOADERS = [
  'base64', 'binary', 'copy', 'css', 'dataurl', 'default', 'empty', 'file', 'global-css', 'js', 'json', 'jsx', 'local-css', 'text', 'ts', 'tsx',
];

/** https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const aPackageName = must('the name of a package', (value) => /^(@[\w.~-]+\/)?[\w~-][\w.~-]*$/.test(value as string));

/** Bundling happens at synthesis, so each of them must be known there. */
const CHECKS = optional({
  minify: aBoolean,
  keepNames: aBoolean,
  sourceMap: aBoolean,
  target: aKnownString,
  define: mapOf(aKnownString),
  externalModules: listOf(aKnownString),
  nodeModules: listOf(all(aKnownString, aPackageName)),
  loader: mapOf(oneOf(...LOADERS)),
  tsconfig: aKnownString,
  conditions: listOf(aKnownString),
  mainFields: listOf(aKnownString),
  banner: aKnownString,
  projectRoot: aKnownString,
});

const BUNDLING = objectOf<BundlingOptions>(CHECKS);

/** What every chunk defines for itself, so that CommonJS dependencies work in it. */
const CHUNK_GLOBALS = ['require', '__filename', '__dirname', 'import.meta.url'];

/** Refuses wrong types, and what one ESM build with splitting cannot do. */
export function checkBundlingOptions(options: BundlingOptions): void {
  checkProp('BUNDLING_OPTION', 'bundling', options, BUNDLING);
  checkTarget(options.target);
  checkBanner(options.banner);
  checkDefine(options.define ?? {});
  checkExternals('externalModules', options.externalModules ?? []);
  checkExternals('nodeModules', options.nodeModules ?? []);
  checkLoader(options.loader ?? {});
  if (options.tsconfig !== undefined) checkTsconfig(options.tsconfig);
}

/** The declared options alone. The user's object may have other members, which must not change the bundle. */
export function bundlingOptionsOf(given: BundlingOptions): BundlingOptions {
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(CHECKS, name)));
}

function checkTsconfig(tsconfig: string): void {
  const kind = pathKind(tsconfig);
  if (kind !== 'a file') throw optionError('tsconfig', tsconfig, `must be an existing file; looked for ${path.resolve(tsconfig)}${oddity(kind)}`);
}

/** `import()` arrived in ES2020 and, unflagged, in Node.js 13.2. */
function checkTarget(target: string | undefined): void {
  if (target === undefined) return;
  if (target.includes(',')) throw optionError('target', target, 'must be one version, like "node22" or "es2022"');
  const version = /^(?:node|es)(\d+)/i.exec(target);
  const number = Number(version?.[1]);
  const tooOld = /^node/i.test(target) ? number < 14 : number < 2020;
  if (version && tooOld) {
    throw optionError('target', target, 'must know import(), which loads the routers lazily; use "node14" or "es2020" or newer');
  }
}

function checkBanner(banner = ''): void {
  const declared = CHUNK_GLOBALS.find((name) => new RegExp(`\\b(?:const|let|var|function)\\s+${name.replace(/\./g, '\\.')}\\b`).test(banner));
  if (declared) {
    throw optionError(
      'banner', banner, `must not declare ${declared}: every chunk has it already, and a second declaration is a syntax error; leave it out`,
    );
  }
}

function checkDefine(define: { [name: string]: string }): void {
  const name = Object.keys(define).find((key) => CHUNK_GLOBALS.includes(key));
  if (name !== undefined) {
    throw optionError(`define["${name}"]`, define[name], 'must be left out: each chunk has its own, since the routers are split over several files');
  }
}

function checkExternals(prop: string, externals: readonly string[]): void {
  const taken = externals.find((pattern) => isExternal(RUNTIME_MODULE, [pattern]));
  if (taken !== undefined) {
    throw optionError(prop, taken, `must not match "${RUNTIME_MODULE}", which is bundled so that routers and dispatcher share one copy`);
  }
}

function checkLoader(loader: { [extension: string]: string }): void {
  for (const [extension, name] of Object.entries(loader)) {
    if (!extension.startsWith('.')) {
      throw optionError('loader', extension, 'must be keyed by extensions that start with a dot, like ".sql"');
    }
    if (name === 'copy' && /^\.[cm]?[jt]sx?$/.test(extension)) {
      throw optionError(`loader["${extension}"]`, name, 'must not copy code: it would not be split, and the routers\' imports would dangle');
    }
  }
}

function optionError(prop: string, got: string, why: string): LazyApiError {
  return new LazyApiError('BUNDLING_OPTION', `bundling.${prop} ${why}, got "${got}"`);
}
