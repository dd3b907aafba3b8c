import { execFileSync } from 'child_process';
import * as path from 'path';
import { scratch } from './project';

const ROOT = path.join(__dirname, '../..');

/** The package as npm would publish it. */
export function packLibrary(): string {
  return pack(ROOT);
}

/** Creates the tarball of a package: a folder, or a name and version in the registry. */
export function pack(what: string, directory = scratch()): string {
  const [{ filename }] = JSON.parse(npm(['pack', what, '--json', '--ignore-scripts', '--pack-destination', directory], directory)) as [{ filename: string }];
  return path.join(directory, filename.replace('@', '').replace('/', '-'));
}

export function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8', env: cleanEnvironment(), shell: process.platform === 'win32' });
}

/** Removes npm's variables of the script that runs the tests, which would affect the npm commands in the tests. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_cache)|^CDK_|^JEST_|^NODE_OPTIONS$|^INIT_CWD$/.test(name)));
}
