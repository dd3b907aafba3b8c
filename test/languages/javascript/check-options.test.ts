import { BundlingOptions } from '../../../lib/languages/javascript/bundling-options';
import { checkBundlingOptions } from '../../../lib/languages/javascript/check-options';

test.each<[string, BundlingOptions]>([
  ['no options', {}],
  ['a target that supports import()', { target: 'node22.1' }],
  ['an ECMAScript version that supports import()', { target: 'ES2022' }],
  ['the latest ECMAScript version', { target: 'esnext' }],
  ['a banner that declares none of a chunk\'s names', { banner: '/* (c) */ globalThis.start = Date.now();' }],
  ['external modules', { externalModules: ['@aws-sdk/*', 'pg-native'] }],
  ['aliases of other packages', { alias: { 'cdk-lazy-api-x': 'y', '@scope/a/b': './c' } }],
  ['an import source for JSX, which tsconfig.json can enable', { jsxImportSource: 'preact' }],
  ['a syntax feature with supported: false', { supported: { bigint: false } }],
  ['loaders', { loader: { '.sql': 'text', '.png': 'file' } }],
])('the options can contain %s', (_, options) => {
  expect(() => checkBundlingOptions(options)).not.toThrow();
});

test.each<[BundlingOptions, RegExp]>([
  [{ target: 'es2017' }, /bundling\.target must support import\(\).*got "es2017"/],
  [{ target: 'node12.20' }, /bundling\.target must support import\(\)/],
  [{ target: 'node22,es2022' }, /^bundling\.target must be one version, like "node22" or "es2022", got "node22,es2022"$/],
  [{ banner: 'import { createRequire } from "module"; const require = createRequire(import.meta.url);' }, /bundling\.banner must not declare require: every chunk already declares it/],
  [{ banner: 'var __dirname = "/var/task"' }, /must not declare __dirname/],
  [{ define: { __filename: '"x"' } }, /bundling\.define\["__filename"\] must be left out/],
  [{ define: { 'import.meta.url': '"x"' } }, /bundling\.define\["import\.meta\.url"\]/],
  [{ externalModules: ['cdk-lazy-api/*'] }, /bundling\.externalModules must not match "cdk-lazy-api\/runtime"/],
  [{ externalModules: ['*'] }, /must not match "cdk-lazy-api\/runtime"/],
  [{ loader: { sql: 'text' } }, /bundling\.loader must be keyed by extensions that start with a dot, like "\.sql", got "sql"/],
  [{ loader: { '.ts': 'copy' } }, /bundling\.loader\["\.ts"\] must not copy code/],
  [{ alias: { 'cdk-lazy-api/runtime': 'x' } }, /bundling\.alias\["cdk-lazy-api\/runtime"\] must be left out: routers and dispatcher share one copy of the runtime/],
  [{ jsx: 'transform', jsxImportSource: 'preact' }, /bundling\.jsxImportSource must be left out: only jsx: "automatic" uses it, got "preact"/],
  [{ jsx: 'automatic', jsxFactory: 'h' }, /bundling\.jsxFactory must be left out: only jsx: "transform" uses it; for jsx: "automatic", set jsxImportSource, got "h"/],
  [{ jsx: 'automatic', jsxFragment: 'F' }, /bundling\.jsxFragment must be left out/],
  [{ supported: { 'import-meta': false } }, /bundling\.supported\["import-meta"\] must be true or left out: routers are loaded lazily as ES modules/],
  [{ inject: ['lib'] }, /bundling\.inject\[0\] must be an existing file; looked for .*lib; it is a directory, got "lib"/],
  [{ tsconfig: 'nowhere/tsconfig.json' }, /bundling\.tsconfig must be an existing file; looked for .*nowhere/],
])('%j is refused', (options, message) => {
  expect(() => checkBundlingOptions(options)).toThrow(expect.objectContaining({ code: 'BUNDLING_OPTION', message: expect.stringMatching(message) }));
});
