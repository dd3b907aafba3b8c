import * as path from 'path';
import { LockFile, modulesError } from '../package-manager';
import { parseYaml } from '../parse-yaml';

/** What a lock file of Yarn says about one package. */
export interface YarnEntry {
  readonly version: string;
  /** The resolved package: `sharp@npm:0.33.5`. */
  readonly resolution: string;
  /** Ranges by name: `npm:^1.0.0`. */
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  /** Set for packages that are only for some platforms. Yarn keeps no checksum of these packages. */
  readonly conditions?: string;
  readonly checksum?: string;
}

interface Metadata {
  readonly version?: string;
  readonly cacheKey?: string;
}

export interface YarnLock {
  readonly metadata: Metadata;
  /** Every descriptor that resolves to a package: `sharp@npm:^0.33.0`. */
  readonly descriptors: readonly string[];
  /** Returns the locked entry of a descriptor. */
  find(descriptor: string): YarnEntry | undefined;
}

type Contents = Readonly<Record<string, object>> & { readonly __metadata?: Metadata };

/** The first version that Yarn 4 writes. */
const OLDEST_VERSION = 8;

/** Throws an error unless the lock file is one of Yarn 4 or newer. */
export function parseYarnLock({ directory, name, text }: LockFile): YarnLock {
  const file = path.join(directory, name);
  const contents = parse(file, text) as Contents;
  const { __metadata: metadata } = contents;
  if (metadata === undefined) throw lockError(`got ${file} of Yarn 1; run yarn set version stable and yarn install`);
  if (!(Number(metadata.version) >= OLDEST_VERSION)) {
    throw lockError(`got ${file} of version ${metadata.version}; run yarn set version stable and yarn install`);
  }
  const keys = new Map(Object.keys(contents).flatMap((key) => key.split(', ').map((descriptor) => [descriptor, key])));
  return { metadata, descriptors: [...keys.keys()], find: (descriptor) => contents[keys.get(descriptor) ?? ''] as YarnEntry | undefined };
}

function parse(file: string, text: string): object {
  if (/^# yarn lockfile v1$/m.test(text)) return {};
  try {
    return parseYaml(text);
  } catch (error) {
    throw lockError(`got ${file}, which cannot be read: ${(error as Error).message}; run yarn install`);
  }
}

function lockError(got: string) {
  return modulesError(`the lock file must be one of Yarn 4 or newer, ${got}`);
}
