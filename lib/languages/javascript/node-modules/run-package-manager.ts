import { spawnSync, SpawnSyncReturns } from 'child_process';
import { InstallableProject, modulesError, PackageManager } from './package-manager';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';

/** How much of the output of a package manager an error shows, in characters. */
const OUTPUT_SHOWN = 2000;

/** Installs a project for Lambda into its directory. */
export function runPackageManager(manager: PackageManager, directory: string, project: InstallableProject, cpu: LambdaCpu): void {
  checkVersion(manager, directory);
  const { status, stdout, stderr } = run(manager, manager.argumentsFor(cpu), directory);
  if (status !== 0) {
    const output = `${stderr}${stdout}`.trim().slice(-OUTPUT_SHOWN);
    throw modulesError(`${manager.title} cannot install the packages for Linux ${cpu}\n\n${output}`);
  }
  manager.checkInstallation?.(directory, project);
}

function checkVersion(manager: PackageManager, directory: string): void {
  const { title, command, oldest } = manager;
  const version = run(manager, ['--version'], directory).stdout.trim().split('\n').at(-1)!;
  if (Number.parseInt(version) >= oldest) return;
  const got = version === '' ? 'no version' : version;
  throw modulesError(`the lock file needs ${title} ${oldest} or newer, got ${got} from ${command} --version; update ${title}`);
}

function run(manager: PackageManager, args: readonly string[], directory: string): SpawnSyncReturns<string> {
  const { title, command } = manager;
  const env = { ...process.env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...manager.environmentFor(directory) };
  const child = spawnSync(command, args, { cwd: directory, encoding: 'utf8', env, shell: process.platform === 'win32' });
  if (child.error === undefined) return child;
  throw modulesError(`the lock file belongs to ${title}, but ${command} cannot be started: ${child.error.message}; install ${title}`);
}
