import { InstalledPackage } from './installed-package';
import { Closure, PackageToInstall } from './locked-closure';
import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../binaries/binary-platform';

/** What builds or downloads a binary in an install script. */
const BUILDS_BINARY = /gyp|prebuild|cmake-js|cargo|neon|napi/;

/** Throws an error if a package has native code that its install script or a missing platform package would bring. */
export function checkHasBinaries(
  packages: readonly InstalledPackage[], closure: Closure, hasBinary: (location: string) => boolean, cpu: LambdaCpu,
): void {
  const present = new Set(packages.map(({ location }) => location));
  for (const installed of packages) {
    const { location, imports } = installed;
    const item = closure.get(location)!;
    if ([location, ...imports].some(hasBinary)) continue;
    if (needsScript(installed, item)) {
      throw binaryError(item, cpu, 'its install script would build or download it, and install scripts do not run', 'use a version or a package '
        + 'with prebuilt binaries, or bring it with a layer and name it in bundling.externalModules');
    }
    if (lacksPlatformPackage(item, [...present].map((other) => closure.get(other)!.name))) {
      throw binaryError(item, cpu, 'none of its packages for platforms is installed', 'if the lock file lacks them, which an error of npm causes '
        + '(https://github.com/npm/cli/issues/4828), remove node_modules and the lock file and run npm install');
    }
  }
}

function needsScript({ location, files }: InstalledPackage, { locked }: PackageToInstall): boolean {
  if (!locked.hasInstallScript) return false;
  if (files.some(({ path }) => path === `${location}/binding.gyp`)) return true;
  const manifest = files.find(({ path }) => path === `${location}/package.json`);
  const { scripts = {} } = JSON.parse(Buffer.from(manifest?.contents ?? '{}').toString()) as { readonly scripts?: Readonly<Record<string, string>> };
  return ['preinstall', 'install', 'postinstall'].some((name) => BUILDS_BINARY.test(scripts[name] ?? ''));
}

/** Packages for platforms are optional dependencies: `@img/sharp-linux-arm64`, `@libsql/darwin-x64`. */
function lacksPlatformPackage({ locked }: PackageToInstall, present: readonly string[]): boolean {
  const forPlatforms = Object.keys(locked.optionalDependencies ?? {}).filter((name) => /linux|darwin|win32/.test(name));
  return forPlatforms.length > 1 && !forPlatforms.some((name) => present.includes(name));
}

function binaryError({ name, locked }: PackageToInstall, cpu: LambdaCpu, why: string, remedy: string): LazyApiError {
  return new LazyApiError(
    'BINARY_MISSING', `bundling.nodeModules: "${name}" ${locked.version} must have a binary for Linux ${cpu} with glibc, got none: ${why}; ${remedy}`,
  );
}
