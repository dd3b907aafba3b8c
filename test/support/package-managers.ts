import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { cleanEnvironment } from './packed';
import { scratch, writeFiles } from './project';

/** A package manager that the tests run, in a certain version. */
export interface RealPackageManager {
  readonly command: 'pnpm' | 'yarn';
  /** The package that npx runs. */
  readonly package: string;
  readonly lockFile: string;
  /** The files of a project that uses the package manager with this registry. */
  settings(registry: string): Readonly<Record<string, string>>;
}

const YARN_RC = (registry: string, nodeLinker: string) => JSON.stringify({
  nodeLinker, npmRegistryServer: registry, unsafeHttpWhitelist: ['127.0.0.1'], enableTelemetry: false, enableImmutableInstalls: false, enableScripts: false,
  // The setting applies only to the project itself.
  supportedArchitectures: { os: ['darwin'], cpu: ['x64'] },
});

const yarn = (nodeLinker: string): RealPackageManager => ({
  command: 'yarn',
  package: '@yarnpkg/cli-dist@4',
  lockFile: 'yarn.lock',
  settings: (registry) => ({ '.yarnrc.yml': YARN_RC(registry, nodeLinker), 'yarn.lock': '' }),
});

const pnpm = (version: string): RealPackageManager => ({
  command: 'pnpm',
  package: `pnpm@${version}`,
  lockFile: 'pnpm-lock.yaml',
  settings: (registry) => ({ '.npmrc': `registry=${registry}/\n`, 'pnpm-workspace.yaml': 'packages: ["packages/*"]\n' }),
});

export const REAL_PACKAGE_MANAGERS: ReadonlyArray<readonly [string, RealPackageManager]> = [
  ['pnpm 9', pnpm('9')], ['pnpm 10', pnpm('10')], ['Yarn with node_modules', yarn('node-modules')], ["Yarn with Plug'n'Play", yarn('pnp')],
];

/** Puts a package manager first in PATH, with empty caches. Returns the environment variables. */
export function onPath({ command, package: name }: Pick<RealPackageManager, 'command' | 'package'>): NodeJS.ProcessEnv {
  const file = execFileSync('npx', ['--yes', '-p', name, '-c', `command -v ${command}`], { encoding: 'utf8', env: cleanEnvironment() }).trim();
  const directory = program(command, `exec ${file} "$@"`);
  const caches = scratch();
  return {
    PATH: `${directory}${path.delimiter}${process.env.PATH}`,
    npm_config_store_dir: path.join(caches, 'store'),
    XDG_CACHE_HOME: path.join(caches, 'cache'),
    YARN_GLOBAL_FOLDER: path.join(caches, 'yarn'),
    npm_config_fetch_retries: '0',
  };
}

/** Creates a directory with a program. */
export function program(name: string, script: string): string {
  const directory = scratch();
  writeFiles(directory, { [name]: `#!/bin/sh\n${script}\n` });
  fs.chmodSync(path.join(directory, name), 0o755);
  return directory;
}

/** Installs the dependencies of a project as its developer does. */
export function installProject({ command }: RealPackageManager, root: string): void {
  const args = command === 'pnpm' ? ['install', '--ignore-scripts', '--no-frozen-lockfile'] : ['install'];
  execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: 'pipe', env: { ...cleanEnvironment(), ...ownSettings() } });
}

function ownSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => /^npm_config_(store|fetch)/.test(name)));
}
