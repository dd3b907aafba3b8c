import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { NpmProject } from './npm-project';
import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../binaries/binary-platform';

/** Changes when an installation is made in another way. */
const VERSION = 1;

/** How much of npm's output an error shows, in characters. */
const OUTPUT_SHOWN = 2000;

/** Installs what a project declares, for Lambda. Returns the directory. An earlier installation of an equal project is used again. */
export function install({ packageJson, packageLock }: NpmProject, cpu: LambdaCpu, projectDirectory: string): string {
  const cache = path.join(projectDirectory, 'node_modules', '.cache', 'cdk-lazy-api');
  const directory = path.join(cache, createHash('sha256').update(JSON.stringify([VERSION, cpu, packageJson, packageLock])).digest('hex'));
  if (fs.existsSync(directory)) return directory;
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'installing-'));
  try {
    fs.writeFileSync(path.join(scratch, 'package.json'), packageJson);
    fs.writeFileSync(path.join(scratch, 'package-lock.json'), packageLock);
    copyConfiguration(projectDirectory, scratch);
    runNpm(scratch, cpu);
    fs.rmSync(path.join(scratch, '.npmrc'), { force: true });
    publish(scratch, directory);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return directory;
}

/** The project's own .npmrc names its registries. npm reads only the one beside package.json. */
function copyConfiguration(projectDirectory: string, scratch: string): void {
  const configuration = path.join(projectDirectory, '.npmrc');
  if (fs.existsSync(configuration)) fs.copyFileSync(configuration, path.join(scratch, '.npmrc'));
}

/** Install scripts would run for the machine's platform, and could run anything. https://docs.npmjs.com/cli/commands/npm-ci */
function runNpm(directory: string, cpu: LambdaCpu): void {
  const args = [
    'ci', '--os=linux', `--cpu=${cpu}`, '--libc=glibc', '--ignore-scripts', '--omit=dev', '--include=optional', '--include=peer',
    '--bin-links=false', '--install-strategy=hoisted', '--workspaces=false', '--global=false', '--prefer-offline', '--audit=false', '--fund=false',
    '--update-notifier=false', '--loglevel=error',
  ];
  const environment = { ...process.env, npm_config_local_prefix: directory, INIT_CWD: directory };
  const child = spawnSync('npm', args, { cwd: directory, encoding: 'utf8', env: environment, shell: process.platform === 'win32' });
  if (child.error) throw new LazyApiError('NODE_MODULES', `bundling.nodeModules: npm cannot be started: ${child.error.message}; install npm`);
  if (child.status === 0) return;
  const output = `${child.stderr}${child.stdout}`.trim().slice(-OUTPUT_SHOWN);
  throw new LazyApiError('NODE_MODULES', `bundling.nodeModules: npm cannot install the packages for Linux ${cpu}\n\n${output}`);
}

/** Another synthesis may have finished the same installation first. */
function publish(scratch: string, directory: string): void {
  try {
    fs.renameSync(scratch, directory);
  } catch (error) {
    if (!fs.existsSync(directory)) throw error;
  }
}
