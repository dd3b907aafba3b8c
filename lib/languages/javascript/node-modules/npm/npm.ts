import { npmClosure } from './npm-closure';
import { parseNpmLock } from './npm-lock';
import { npmProject } from './npm-project';
import { PackageManager } from '../package-manager';

/** @see https://docs.npmjs.com/cli/commands/npm-ci */
export const NPM: PackageManager = {
  title: 'npm',
  command: 'npm',
  oldest: 10,
  lockFiles: ['npm-shrinkwrap.json', 'package-lock.json'],
  installCommand: 'npm ci',
  toProject: (lock, declared) => npmProject(npmClosure(lock.name, parseNpmLock(lock), declared), declared.names),
  argumentsFor: (cpu) => [
    'ci', '--os=linux', `--cpu=${cpu}`, '--libc=glibc', '--ignore-scripts', '--omit=dev', '--include=optional', '--include=peer',
    '--bin-links=false', '--install-strategy=hoisted', '--workspaces=false', '--global=false', '--prefer-offline', '--audit=false', '--fund=false',
    '--update-notifier=false', '--loglevel=error',
  ],
  environmentFor: (directory) => ({ npm_config_local_prefix: directory, INIT_CWD: directory }),
};
