import * as path from 'path';
import { LockFile, modulesError } from '../package-manager';
import { parseYaml, YamlMap } from '../yaml';

/** What a lock file of Yarn says about one package. */
export interface YarnEntry {
  readonly version: string;
  /** What was chosen: `sharp@npm:0.33.5`. */
  readonly resolution: string;
  /** Ranges by name: `npm:^1.0.0`. */
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  /** Only for some platforms. Yarn keeps no checksum of these packages. */
  readonly conditions?: string;
  readonly checksum?: string;
}

interface Metadata {
  readonly version?: string;
  readonly cacheKey?: string;
}

export interface YarnLock {
  readonly metadata: Metadata;
  /** By what asked for it: `sharp@npm:^0.33.0`. */
  readonly entries: ReadonlyMap<string, YarnEntry>;
}

type Entries = Readonly<Record<string, YarnEntry>>;
type Contents = Readonly<Record<string, object | undefined>> & { readonly __metadata?: Metadata };

/** The first that Yarn 4 writes. */
const OLDEST_VERSION = 8;

/** Throws an error unless the lock file is one of Yarn 4 or newer. */
export function parseYarnLock({ directory, name, text }: LockFile): YarnLock {
  const file = path.join(directory, name);
  const { __metadata: metadata, ...entries } = parse(file, text) as Contents;
  if (metadata === undefined) throw lockError(`got ${file} of Yarn 1; run yarn set version stable and yarn install`);
  if (Number(metadata.version) >= OLDEST_VERSION) return { metadata, entries: byDescriptor(entries as Entries) };
  throw lockError(`got ${file} of version ${metadata.version}; run yarn set version stable and yarn install`);
}

function byDescriptor(entries: Entries): ReadonlyMap<string, YarnEntry> {
  return new Map(Object.entries(entries).flatMap(([key, entry]) => key.split(', ').map((descriptor) => [descriptor, entry])));
}

function parse(file: string, text: string): YamlMap {
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
