import { posix, resolve, win32 } from 'node:path';
import { Machine } from './machine';
import { VersionManager, versionManagers } from './version-managers';
import { LocalError } from '../local-error';

export interface FoundNode {
  readonly path: string;
  /** Why responses may differ from those in Lambda. */
  readonly warning?: string;
}

/** The first version that the runtime supports. */
const OLDEST = 22;

/**
 * Finds the Node.js that runs a function: the given one, `node` on PATH, the package `node` of the project, a version that a version manager has
 * installed, or another one with a warning. It installs nothing.
 *
 * @param major the major version of the function's Node.js
 * @param given the path that the user chose
 */
export function findNode(major: number, given: string | undefined, machine: Machine): FoundNode {
  if (given !== undefined) return checkedNode(given, major, machine);
  const [onPath, inProject] = [nodeOnPath(machine), nodeInProject(machine)];
  // An authorizer may use an older version.
  if (major >= OLDEST) {
    const near = [onPath, inProject].find((node) => node !== undefined && majorOf(node, machine) === major);
    if (near !== undefined) return { path: near };
    const managed = managedNode(major, machine);
    if (managed !== undefined) return { path: managed };
  }
  const other = [machine.running, onPath, inProject].find((node) => node !== undefined && (majorOf(node, machine) ?? 0) >= OLDEST);
  if (other !== undefined) return { path: other, warning: otherVersionWarning(other, major, machine) };
  throw noNodeError(major, onPath, machine);
}

function noNodeError(major: number, onPath: string | undefined, machine: Machine): LocalError {
  const found = onPath === undefined ? 'PATH has none' : `PATH has ${machine.versionOf(onPath)}`;
  return new LocalError(`the function needs Node.js ${major}, and ${found}; looked on PATH, in node_modules, and in the folders of `
    + `${versionManagers(machine).map(({ name }) => name).join(', ')}; install it with "${installCommand(major, machine)}", or pass --node PATH`);
}

function checkedNode(given: string, major: number, machine: Machine): FoundNode {
  // Processes run in the directory of the asset.
  const node = resolve(given);
  const found = majorOf(node, machine);
  if (found === undefined) throw new LocalError(`--node must be the path of Node.js, got "${given}", which does not run`);
  if (found < OLDEST) throw new LocalError(`--node must be Node.js ${OLDEST} or newer, got ${machine.versionOf(node)}; the function has ${major}`);
  return { path: node, ...found !== major && { warning: otherVersionWarning(node, major, machine) } };
}

function otherVersionWarning(node: string, major: number, machine: Machine): string {
  const install = installCommand(major, machine);
  return `the function uses Node.js ${major}, but runs on ${machine.versionOf(node)} here; install Node.js ${major} with "${install}"`;
}

function nodeOnPath({ platform, environment, isFile }: Machine): string | undefined {
  const isWindows = platform === 'win32';
  const { join, delimiter } = isWindows ? win32 : posix;
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, isWindows ? 'node.exe' : 'node')).find(isFile);
}

/** The Node.js that `npm install node` installs. npm adds it to PATH only for its own scripts. */
function nodeInProject({ platform, directory, isFile }: Machine): string | undefined {
  const { dirname, join } = platform === 'win32' ? win32 : posix;
  for (let folder = directory; ; folder = dirname(folder)) {
    const node = join(folder, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node');
    if (isFile(node)) return node;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The newest version of a major that a version manager has. */
function managedNode(major: number, machine: Machine): string | undefined {
  const installed = versionManagers(machine).flatMap((manager) => installedBy(manager, machine)).filter(({ version }) => version[0] === major);
  const newestFirst = installed.sort((a, b) => b.version[1] - a.version[1] || b.version[2] - a.version[2]);
  return newestFirst.map(({ node }) => node).find((node) => machine.isFile(node) && majorOf(node, machine) === major);
}

function installedBy({ folders, node }: VersionManager, { platform, list }: Machine): Array<{ readonly node: string; readonly version: number[] }> {
  const { join } = platform === 'win32' ? win32 : posix;
  return folders.flatMap((folder) => list(folder).flatMap((name) => {
    const version = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(name);
    return version ? [{ node: join(folder, name, node), version: version.slice(1).map(Number) }] : [];
  }));
}

/** The command of the user's version manager. npm can also install Node.js. */
function installCommand(major: number, machine: Machine): string {
  const used = versionManagers(machine).find(({ folders }) => folders.some((folder) => machine.list(folder).length > 0));
  return used?.install(major) ?? `npm install --save-dev node@${major}`;
}

function majorOf(node: string, { versionOf }: Machine): number | undefined {
  const major = /^v(\d+)\./.exec(versionOf(node) ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}
