import * as fs from 'fs';
import * as path from 'path';
import { isExecutable } from '../../../routers/asset/is-executable';
import { CodeFile } from '../../../routers/built-code';

/** The package.json of a package. https://docs.npmjs.com/cli/configuring-npm/package-json */
export interface Manifest {
  readonly version?: string;
  readonly gypfile?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package as a package manager installed it. */
export interface TreePackage {
  /** Its directory, for example `node_modules/sharp`. */
  readonly location: string;
  readonly name: string;
  readonly manifest: Manifest;
  readonly files: readonly CodeFile[];
  /** The directories of its required packages. */
  readonly requires: readonly string[];
  /** The directories of its optional dependencies and peers. */
  readonly prefers: readonly string[];
}

type Folder = Pick<TreePackage, 'location' | 'name'>;

/** Reads all packages below the `node_modules` of a directory, regardless of what installed them, as long as it made no links. */
export function readTree(directory: string): TreePackage[] {
  const folders = packagesBelow(directory, 'node_modules');
  const locations = new Set(folders.map(({ location }) => location));
  return folders.map(({ location, name }): TreePackage => {
    const manifest = readManifest(path.join(directory, location));
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta: peers = {} } = manifest;
    const located = (names: readonly string[]) => names.map((other) => locate(locations, location, other)).filter((found) => found !== undefined);
    // npm also lists optional dependencies among the dependencies.
    const optional = new Set([...Object.keys(optionalDependencies), ...Object.keys(peers).filter((other) => peers[other].optional)]);
    const all = [...new Set([dependencies, optionalDependencies, peerDependencies].flatMap((group) => Object.keys(group)))].sort();
    return {
      location,
      name,
      manifest,
      files: filesOf(directory, location, locations),
      requires: located(all.filter((other) => !optional.has(other))),
      prefers: located(all.filter((other) => optional.has(other))),
    };
  });
}

function packagesBelow(directory: string, folder: string, scope = ''): Folder[] {
  const absolute = path.join(directory, folder);
  if (!fs.existsSync(absolute)) return [];
  const entries = fs.readdirSync(absolute, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return entries.flatMap(({ name }) => {
    const location = `${folder}/${name}`;
    if (name.startsWith('@')) return packagesBelow(directory, location, `${name}/`);
    return [{ location, name: `${scope}${name}` }, ...packagesBelow(directory, `${location}/node_modules`)];
  });
}

function readManifest(folder: string): Manifest {
  const file = path.join(folder, 'package.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as Manifest : {};
}

/** Looks a package up as Node.js does: https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function locate(locations: ReadonlySet<string>, from: string, name: string): string | undefined {
  const parts = from.split('/');
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i))
    .filter((folder) => folder.at(-1) !== 'node_modules')
    .map((folder) => [...folder, 'node_modules', name].join('/'))
    .find((location) => locations.has(location));
}

/** The files of a package, without those of the packages that are installed below it. */
function filesOf(directory: string, folder: string, packages: ReadonlySet<string>): CodeFile[] {
  return fs.readdirSync(path.join(directory, folder), { withFileTypes: true }).flatMap((entry): CodeFile[] => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return packages.has(file) || entry.name === '.bin' ? [] : filesOf(directory, file, packages);
    if (!entry.isFile()) return [];
    const source = path.join(directory, file);
    const executable = isExecutable(source);
    return [{ path: file, contents: fs.readFileSync(source), ...executable && { executable } }];
  });
}
