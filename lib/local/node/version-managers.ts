import { posix, win32 } from 'node:path';
import { Machine } from './machine';

/** A program that keeps several versions of Node.js in folders that are named after them. */
export interface VersionManager {
  readonly name: string;
  /** The directories that contain a folder for each version. */
  readonly folders: readonly string[];
  /** The path of Node.js in the folder of a version. */
  readonly node: string;
  /** The command that installs a major version. */
  install(major: number): string;
}

/** The version managers whose folders are known, whether or not this machine has them. */
export function versionManagers({ platform, environment, home }: Machine): VersionManager[] {
  const { join } = platform === 'win32' ? win32 : posix;
  const data = environment.XDG_DATA_HOME ?? join(home, '.local', 'share');
  const roaming = environment.APPDATA ?? join(home, 'AppData', 'Roaming');
  const local = environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  const inPlace = platform === 'win32' ? 'node.exe' : 'bin/node';
  const fnm = [environment.FNM_DIR, join(data, 'fnm'), join(home, '.fnm'), join(home, 'Library', 'Application Support', 'fnm'), join(roaming, 'fnm')];
  const nvm = platform === 'win32'
    ? environment.NVM_HOME ?? join(roaming, 'nvm')
    : join(environment.NVM_DIR ?? join(home, '.nvm'), 'versions', 'node');
  const volta = environment.VOLTA_HOME ?? (platform === 'win32' ? join(local, 'Volta') : join(home, '.volta'));
  return [
    { name: 'nvm', folders: [nvm], node: inPlace, install: (major) => `nvm install ${major}` },
    {
      name: 'fnm',
      folders: fnm.flatMap((folder) => (folder === undefined ? [] : [join(folder, 'node-versions')])),
      node: `installation/${inPlace}`,
      install: (major) => `fnm install ${major}`,
    },
    { name: 'volta', folders: [join(volta, 'tools', 'image', 'node')], node: inPlace, install: (major) => `volta install node@${major}` },
    {
      name: 'asdf',
      folders: [join(environment.ASDF_DATA_DIR ?? join(home, '.asdf'), 'installs', 'nodejs')],
      node: inPlace,
      install: (major) => `asdf install nodejs latest:${major}`,
    },
    {
      name: 'mise',
      folders: [join(environment.MISE_DATA_DIR ?? join(data, 'mise'), 'installs', 'node')],
      node: inPlace,
      install: (major) => `mise install node@${major}`,
    },
  ];
}
