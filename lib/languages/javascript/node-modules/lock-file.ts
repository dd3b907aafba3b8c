import * as fs from 'fs';
import * as path from 'path';
import { LazyApiError } from '../../../private/errors';
import { upward } from '../../../routers/project-root';

/** What a lock file of npm says about one package. https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export interface LockedPackage {
  readonly version?: string;
  /** Where it is downloaded from. For a link: the directory that it leads to. */
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** Whether it comes inside the tarball of the package that it is installed below. */
  readonly inBundle?: boolean;
  /** Whether only optional dependencies lead to it. */
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
}

type Dependencies = { readonly [name: string]: string };

/** By the directory of the package, relative to that of the lock file, with `/`. */
export type LockedPackages = { readonly [location: string]: LockedPackage };

export interface LockFile {
  /** The directory that the lock file is in. */
  readonly directory: string;
  /** The file's name. */
  readonly name: string;
  readonly packages: LockedPackages;
}

const NPM = ['npm-shrinkwrap.json', 'package-lock.json'];
const OTHERS = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

const LAYER = 'or bring the packages with a layer and name them in bundling.externalModules';

/** Reads the nearest lock file at a directory or above it. Throws an error unless it is one of npm 7 or newer. */
export function readLockFile(start: string): LockFile {
  const candidates = upward(start).flatMap((directory) => [...NPM, ...OTHERS].map((name) => path.join(directory, name)));
  const file = candidates.find((candidate) => fs.existsSync(candidate));
  if (file === undefined) throw lockError(`got none from ${start} upward; run npm install, ${LAYER}`);
  const name = path.basename(file);
  if (OTHERS.includes(name)) throw lockError(`got ${file}, whose package manager is not supported; use npm, ${LAYER}`);
  const { packages } = parse(file);
  if (packages === undefined) throw lockError(`got ${file} of lockfileVersion 1; run npm install with npm 7 or newer`);
  return { directory: path.dirname(file), name, packages };
}

function parse(file: string): { readonly packages?: LockedPackages } {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly packages?: LockedPackages };
  } catch (error) {
    throw lockError(`got ${file}, which is not JSON: ${(error as Error).message}; run npm install`);
  }
}

function lockError(got: string): LazyApiError {
  return new LazyApiError('NODE_MODULES', `bundling.nodeModules needs a lock file of npm for exact versions, ${got}`);
}
