import { pnpmProject } from './pnpm-project';
import { PackageManager } from '../package-manager';

/** pnpm compares a lock file with the settings that it was written with. https://pnpm.io/settings */
const SETTINGS = { 'node-linker': 'hoisted', 'auto-install-peers': 'false', 'exclude-links-from-lockfile': 'false', 'engine-strict': 'false' };

/** @see https://pnpm.io/cli/install */
export const PNPM: PackageManager = {
  title: 'pnpm',
  command: 'pnpm',
  oldest: 9,
  lockFiles: ['pnpm-lock.yaml'],
  installCommand: 'pnpm install --frozen-lockfile',
  toProject: pnpmProject,
  argumentsFor: () => [
    'install', '--frozen-lockfile', '--ignore-scripts', '--ignore-pnpmfile', '--prod', '--prefer-offline', '--reporter=append-only',
    ...Object.entries(SETTINGS).map(([name, value]) => `--config.${name}=${value}`),
  ],
  environmentFor: () => ({}),
};
