/** A package of a lock file, in one version. */
export interface LockedRequirement {
  /** As the package index compares names: `ruamel-yaml`. */
  readonly name: string;
  readonly version: string;
  /** `sha256:...`, sorted. */
  readonly hashes: readonly string[];
  /** When it is installed. Undefined for always. */
  readonly marker?: string;
  /** Where the wheel is, for one that is not in an index. */
  readonly url?: string;
  /** Whether the project itself asks for it. Undefined if the lock file does not say. */
  readonly isDirect?: boolean;
}

/** Where packages come from, in addition to what the machine is configured for. It may contain credentials, so it is never kept. */
export interface IndexOptions {
  readonly indexUrl?: string;
  readonly extraIndexUrls: readonly string[];
  /** Directories and pages with wheels. */
  readonly findLinks: readonly string[];
  readonly noIndex: boolean;
  readonly trustedHosts: readonly string[];
}

/** What a lock file has. */
export interface Requirements {
  readonly requirements: readonly LockedRequirement[];
  readonly indexes: IndexOptions;
  /** The files that were read in addition to the first. */
  readonly reads: readonly string[];
}

export const NO_INDEXES: IndexOptions = { extraIndexUrls: [], findLinks: [], noIndex: false, trustedHosts: [] };

/** `Ruamel.YAML` and `ruamel_yaml` are one package. https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
