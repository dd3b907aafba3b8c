import { TreePackage } from './read-tree';
import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';

/** Words in install scripts that build or download a binary. */
const BUILDS_BINARY = /gyp|prebuild|cmake-js|cargo|neon|napi/;

/** Throws an error if a package lacks native code that its install script or a platform package would provide. */
export function checkHasBinaries(packages: readonly TreePackage[], hasBinary: (location: string) => boolean, cpu: LambdaCpu): void {
  const present = new Set(packages.map(({ name }) => name));
  for (const one of packages) {
    const { location, requires, prefers } = one;
    if ([location, ...requires, ...prefers].some(hasBinary)) continue;
    if (needsScript(one)) {
      throw binaryError(one, cpu, 'its install script would build or download one, but install scripts do not run', 'use a version or a package '
        + 'with prebuilt binaries, or add it in a layer and list it in bundling.externalModules');
    }
    if (lacksPlatformPackage(one, present)) {
      throw binaryError(one, cpu, 'none of its platform packages is installed', 'if a bug in npm left them out of the lock file '
        + '(https://github.com/npm/cli/issues/4828), remove node_modules and the lock file and install again');
    }
  }
}

/** Without a script, npm builds a package that has a `binding.gyp`. https://docs.npmjs.com/cli/using-npm/scripts */
function needsScript({ location, files, manifest: { scripts = {}, gypfile } }: TreePackage): boolean {
  const own = ['preinstall', 'install', 'postinstall'].flatMap((name) => scripts[name] ?? []);
  const canBuild = files.some(({ path }) => path === `${location}/binding.gyp`);
  return canBuild ? own.length > 0 || gypfile !== false : own.some((script) => BUILDS_BINARY.test(script));
}

/** Packages for platforms are optional dependencies: `@img/sharp-linux-arm64`, `@libsql/darwin-x64`. */
function lacksPlatformPackage({ manifest: { optionalDependencies = {} } }: TreePackage, present: ReadonlySet<string>): boolean {
  const forPlatforms = Object.keys(optionalDependencies).filter((name) => /linux|darwin|win32/.test(name));
  return forPlatforms.length > 1 && !forPlatforms.some((name) => present.has(name));
}

function binaryError({ name, manifest }: TreePackage, cpu: LambdaCpu, why: string, remedy: string): LazyApiError {
  return new LazyApiError(
    'BINARY_MISSING',
    `bundling.nodeModules: "${name}" ${manifest.version} must have a binary for Linux ${cpu} with glibc, got none: ${why}; ${remedy}`,
  );
}
