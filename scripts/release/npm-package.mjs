// Checks the tarball for npm, which is also inside the package of every other language.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Most of it is esbuild-wasm. CDK apps in all languages download the tarball, and users of Python, Java, .NET, and Go unpack it. */
const MAX_BYTES = 6_500_000;

/** Files outside lib/, bin/, python/, and the bundled dependencies. */
const TOP_LEVEL = ['.jsii', '.jsii.gz', '.warnings.jsii.js', 'API.md', 'CHANGELOG.md', 'CODE_OF_CONDUCT.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];

/** jsii writes it only for libraries with deprecated members, but requires it in `exports`. */
const OPTIONAL = ['.warnings.jsii.js'];

/** Returns the problems of the tarball, which `npm publish --dry-run` reads as `npm publish` would. */
export function npmPackageProblems(clone, tarball, version) {
  const output = execFileSync('npm', ['publish', '--dry-run', '--json', '--tag', 'latest', tarball], { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const { 'cdk-lazy-api': published } = JSON.parse(output);
  const files = published.files.map(({ path }) => path);
  return [
    ...(published.version === version ? [] : [`npm: the version is ${published.version}`]),
    ...(published.size <= MAX_BYTES ? [] : [`npm: the tarball has ${published.size} bytes, more than ${MAX_BYTES}`]),
    ...requiredFiles(clone).filter((file) => !files.includes(file)).map((file) => `npm: the tarball lacks ${file}`),
    ...files.filter((file) => !isPublished(file)).map((file) => `npm: the tarball contains ${file}`),
  ];
}

/** The files that package.json names, the files that compilation writes, the modules of both runtimes, and the bundled dependencies. */
function requiredFiles(clone) {
  const require = createRequire(join(clone, 'package.json'));
  const { main, types, bin, exports, bundledDependencies } = require('./package.json');
  const { RUNTIME_MODULES } = require('./lib/contract/javascript/runtime-modules.js');
  const named = [main, types, ...Object.values(bin), ...leaves(exports)].map((file) => file.replace(/^\.\//, ''));
  const compiled = ['lib', 'bin', 'python/lazy_api'].flatMap((folder) => readdirSync(join(clone, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(clone.length + 1)));
  return [...new Set([
    ...named.filter((file) => !OPTIONAL.includes(file)),
    ...compiled.filter(isPublished),
    ...Object.keys(RUNTIME_MODULES).map((module) => `lib/runtime/${module}.mjs`),
    ...bundledDependencies.map((name) => `node_modules/${name}/package.json`),
  ])];
}

/** The strings in the nested conditions of `exports`. */
function leaves(conditions) {
  return typeof conditions === 'string' ? [conditions] : Object.values(conditions).flatMap(leaves);
}

/** Sources and their tests stay in the repository. */
function isPublished(file) {
  if (/^(lib|bin)\//.test(file)) return !/(?<!\.d)\.ts$|\.tsbuildinfo$|\.test\./.test(file);
  if (file.startsWith('python/lazy_api/')) return /\.py$|\/py\.typed$/.test(file);
  return file.startsWith('node_modules/') || TOP_LEVEL.includes(file);
}
