import { IndexOptions, LockedRequirement } from '../requirements/requirement';
import { LambdaTarget } from '../target';

/** What is installed, and where. */
export interface InstallJob {
  readonly requirements: readonly LockedRequirement[];
  readonly indexes: IndexOptions;
  /** The empty directory that the packages are installed into. */
  readonly into: string;
  /** A directory for other files. */
  readonly scratch: string;
  /** The directory of the lock file, whose settings apply. */
  readonly project: string;
  /** Undefined for the machine itself. */
  readonly target?: LambdaTarget;
  /** The Python of this machine. For the machine itself, the one to install for. */
  readonly python?: string;
}

/** Installs exactly what is required, from wheels alone. */
export interface Installer {
  readonly title: string;
  /** Undefined if it succeeded. */
  install(job: InstallJob): InstallFailure | undefined;
}

export interface InstallFailure {
  /** Without credentials. */
  readonly output: string;
  /** The package that has no wheel, by its normalized name. Undefined for another failure. */
  readonly withoutWheel?: string;
  /** The wheels, or the platforms of wheels, that exist instead. */
  readonly wheels?: readonly string[];
}

/** A line for each package, without markers: they are evaluated for Lambda, and pip would evaluate them for this machine. */
export function renderRequirements(requirements: readonly LockedRequirement[]): string {
  return requirements.map(({ name, version, hashes, url }) => (
    `${name}${url === undefined ? `==${version}` : ` @ ${url}`} ${hashes.map((hash) => `--hash=${hash}`).join(' ')}\n`
  )).join('');
}
