import * as fs from 'fs';
import * as path from 'path';
import { parseYarnLock, YarnEntry } from './yarn-lock';
import { yarnProject } from './yarn-project';
import { InstallableProject, modulesError, PackageManager } from '../package-manager';

/** Overrides settings of the project that would change the tree. Its registries and its `yarnPath` apply. https://yarnpkg.com/configuration/yarnrc */
const SETTINGS = {
  YARN_NODE_LINKER: 'node-modules',
  YARN_NM_MODE: 'classic',
  YARN_NM_HOISTING_LIMITS: 'none',
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_GLOBAL_CACHE: 'true',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_HARDENED_MODE: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
  YARN_CHECKSUM_BEHAVIOR: 'throw',
};

/** @see https://yarnpkg.com/cli/install */
export const YARN: PackageManager = {
  title: 'Yarn',
  command: 'yarn',
  oldest: 4,
  lockFiles: ['yarn.lock'],
  installCommand: 'yarn install --immutable',
  toProject: yarnProject,
  argumentsFor: () => ['install'],
  environmentFor: () => SETTINGS,
  checkInstallation,
};

/** Yarn resolves what a lock file lacks, so this checks that nothing was missing. */
function checkInstallation(directory: string, { files }: InstallableProject): void {
  const locked = JSON.parse(files['yarn.lock']) as Readonly<Record<string, Partial<YarnEntry>>>;
  const known = new Set(Object.values(locked).map(({ resolution }) => resolution));
  const { descriptors, find } = parseYarnLock({ directory, name: 'yarn.lock', text: fs.readFileSync(path.join(directory, 'yarn.lock'), 'utf8') });
  const used = descriptors.map((descriptor) => find(descriptor)?.resolution);
  const added = used.find((resolution) => resolution?.includes('@npm:') && !known.has(resolution));
  if (added !== undefined) throw modulesError(`yarn.lock must have all packages, got none for ${added}; run yarn install`);
}
