import * as path from 'path';
import { BundlingOptions } from './bundling-options';
import { isExternal, packageName } from './externals';
import { RUNTIME_MODULE } from '../../contract/javascript/runtime-modules';
import { aBoolean, aKnownString, checkProp, listOf, mapOf, must, objectOf, oneOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { all } from '../../private/limits';
import { FILES } from '../../routers/asset/asset-files';
import { oddity, pathKind } from '../../routers/path-kind';

/** https://esbuild.github.io/content-types/ */
const LOADERS = [
  'base64', 'binary', 'copy', 'css', 'dataurl', 'default', 'empty', 'file', 'global-css', 'js', 'json', 'jsx', 'local-css', 'text', 'ts', 'tsx',
];

/** https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const aPackageName = must('the name of a package', (value) => /^(@[\w.~-]+\/)?[\w~-][\w.~-]*$/.test(value as string));

const aPackage = must('the name of a package, such as "lodash"', (value) => typeof value === 'string' && /^[^./\\][^\\]*$/.test(value));

const aFunctionName = must('a name, such as "h" or "Preact.h"', (value) => typeof value === 'string' && /^(?!\d)[\w$]+(\.[\w$]+)*$/.test(value));

/** The JavaScript features, as `supported` names them, that lazy loading and the chunks' own `require` depend on. */
const REQUIRED_SYNTAX = ['dynamic-import', 'import-meta'];

/** Bundling happens at synthesis, so all values must be known then. */
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
  files: FILES,
  alias: mapOf(aKnownString, aPackage),
  inject: listOf(aKnownString),
  drop: listOf(oneOf('console', 'debugger')),
  jsx: oneOf('transform', 'automatic'),
  jsxImportSource: aKnownString,
  jsxFactory: aFunctionName,
  jsxFragment: aFunctionName,
  supported: mapOf(aBoolean),
});

const BUNDLING = objectOf<BundlingOptions>(CHECKS);

/** What every chunk defines, so that CommonJS dependencies work in it. */
const CHUNK_GLOBALS = ['require', '__filename', '__dirname', 'import.meta.url'];

/** Rejects wrong types, and options that an ESM build with splitting does not support. */
export function checkBundlingOptions(options: BundlingOptions): void {
  checkProp('BUNDLING_OPTION', 'bundling', options, BUNDLING);
  checkTarget(options.target);
  checkBanner(options.banner);
  checkDefine(options.define ?? {});
  checkExternals('externalModules', options.externalModules ?? []);
  checkExternals('nodeModules', options.nodeModules ?? []);
  checkLoader(options.loader ?? {});
  if (options.tsconfig !== undefined) checkFile('tsconfig', options.tsconfig);
  options.inject?.forEach((file, i) => checkFile(`inject[${i}]`, file));
  checkAlias(options.alias ?? {});
  checkJsx(options);
  checkSupported(options.supported ?? {});
}

/** Only the declared options. The user's object may have other members, which must not change the bundle. */
export function bundlingOptionsOf(given: BundlingOptions): BundlingOptions {
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(CHECKS, name)));
}

function checkFile(prop: string, file: string): void {
  const kind = pathKind(file);
  if (kind !== 'a file') throw optionError(prop, file, `must be an existing file; looked for ${path.resolve(file)}${oddity(kind)}`);
}

function checkAlias(alias: { [name: string]: string }): void {
  const [library] = RUNTIME_MODULE.split('/');
  const name = Object.keys(alias).find((key) => packageName(key) === library);
  if (name !== undefined) {
    throw optionError(`alias["${name}"]`, alias[name], 'must be left out: routers and dispatcher share one copy of the runtime');
  }
}

/** esbuild ignores the options of the JSX transform that is not in use. */
function checkJsx({ jsx, jsxImportSource, jsxFactory, jsxFragment }: BundlingOptions): void {
  if (jsx === 'transform' && jsxImportSource !== undefined) {
    throw optionError('jsxImportSource', jsxImportSource, 'must be left out: only jsx: "automatic" uses it');
  }
  const [name, value] = Object.entries({ jsxFactory, jsxFragment }).find(([, given]) => given !== undefined) ?? [];
  if (jsx === 'automatic' && name !== undefined) {
    throw optionError(name, String(value), 'must be left out: only jsx: "transform" uses it; for jsx: "automatic", set jsxImportSource');
  }
}

function checkSupported(supported: { [name: string]: boolean }): void {
  const name = REQUIRED_SYNTAX.find((syntax) => supported[syntax] === false);
  if (name !== undefined) throw optionError(`supported["${name}"]`, 'false', 'must be true or left out: routers are loaded lazily as ES modules');
}

/** `import()` arrived in ES2020 and, unflagged, in Node.js 13.2. */
function checkTarget(target: string | undefined): void {
  if (target === undefined) return;
  if (target.includes(',')) throw optionError('target', target, 'must be one version, like "node22" or "es2022"');
  const version = /^(?:node|es)(\d+)/i.exec(target);
  const number = Number(version?.[1]);
  const tooOld = /^node/i.test(target) ? number < 14 : number < 2020;
  if (version && tooOld) {
    throw optionError('target', target, 'must support import(), which loads the routers lazily; use "node14" or "es2020" or newer');
  }
}

function checkBanner(banner = ''): void {
  const declared = CHUNK_GLOBALS.find((name) => new RegExp(`\\b(?:const|let|var|function)\\s+${name.replace(/\./g, '\\.')}\\b`).test(banner));
  if (declared) {
    throw optionError(
      'banner', banner, `must not declare ${declared}: every chunk already declares it, and a second declaration is a syntax error; leave it out`,
    );
  }
}

function checkDefine(define: { [name: string]: string }): void {
  const name = Object.keys(define).find((key) => CHUNK_GLOBALS.includes(key));
  if (name !== undefined) {
    throw optionError(`define["${name}"]`, define[name], 'must be left out: each chunk has its own value, '
      + 'because the routers are split over several files');
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
      throw optionError(`loader["${extension}"]`, name, 'must not copy code: the code would not be split, and imports of routers would fail');
    }
  }
}

function optionError(prop: string, got: string, why: string): LazyApiError {
  return new LazyApiError('BUNDLING_OPTION', `bundling.${prop} ${why}, got "${got}"`);
}
