import * as path from 'path';
import { LockFile, modulesError } from '../package-manager';

/** What a lock file of npm says about one package. https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export interface LockedPackage {
  readonly version?: string;
  /** Where it is downloaded from. For a link: the directory that it leads to. */
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** Whether the tarball of the package that it is installed below contains it. */
  readonly inBundle?: boolean;
  /** Whether only optional dependencies lead to it. npm does not install it on platforms that it does not support. */
  readonly optional?: boolean;
  /** Whether only development dependencies lead to it. */
  readonly dev?: boolean;
  /** Whether only development and optional dependencies lead to it. */
  readonly devOptional?: boolean;
  readonly dependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
}

type Dependencies = { readonly [name: string]: string };

/** By the directory of the package, relative to that of the lock file, with `/`. */
export type LockedPackages = { readonly [location: string]: LockedPackage };

/** Throws an error unless the lock file is one of npm 7 or newer. */
export function parseNpmLock({ directory, name, text }: LockFile): LockedPackages {
  const { packages } = parse(path.join(directory, name), text);
  if (packages === undefined) throw lockError(`got ${path.join(directory, name)} of lockfileVersion 1; run npm install with npm 7 or newer`);
  return packages;
}

function parse(file: string, text: string): { readonly packages?: LockedPackages } {
  try {
    return JSON.parse(text) as { readonly packages?: LockedPackages };
  } catch (error) {
    throw lockError(`got ${file}, which is not JSON: ${(error as Error).message}; run npm install`);
  }
}

function lockError(got: string) {
  return modulesError(`the lock file must be one of npm 7 or newer, ${got}`);
}
