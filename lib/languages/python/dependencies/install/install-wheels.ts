import { InstallFailure, InstallJob, Installer } from './installer';
import { pipInstaller } from './pip-installer';
import { namesGlibc, UV_INSTALLER } from './uv-installer';
import { LazyApiError } from '../../../../private/errors';
import { dependencyError } from '../errors';
import { LockedRequirement } from '../requirements/requirement';
import { canStart } from '../run-tool';
import { describeTarget, LambdaTarget, platformTags } from '../target';

/** How many wheels an error names. */
const WHEELS_SHOWN = 12;

/**
 * Finds what can install: uv, else pip of a Python. uv cannot name the glibc of Amazon Linux 2, so it installs only wheels for an older one, and pip
 * is the second choice there.
 */
export function findInstallers(pythons: readonly string[], target?: LambdaTarget): Installer[] {
  const hasUv = canStart('uv', ['--version']);
  if (hasUv && (target === undefined || namesGlibc(target))) return [UV_INSTALLER];
  const python = pythons.find((one) => canStart(one, ['-m', 'pip', '--version']));
  const installers = [...hasUv ? [UV_INSTALLER] : [], ...python === undefined ? [] : [pipInstaller(python)]];
  if (installers.length > 0) return installers;
  throw dependencyError('the dependencies of the application need uv or pip, got neither on this machine; install uv: '
    + 'https://docs.astral.sh/uv/getting-started/installation/');
}

/** Installs wheels for Lambda. Throws an error that names the package that has none. */
export function installWheels(installers: readonly Installer[], job: LambdaJob): void {
  const [installer, ...others] = installers;
  const failure = installer.install(job);
  if (failure === undefined) return;
  const requirement = job.requirements.find(({ name }) => name === failure.withoutWheel);
  if (requirement === undefined) {
    throw dependencyError(`${installer.title} cannot install the dependencies for ${describeTarget(job.target)}\n\n${failure.output}`);
  }
  if (others.length === 0) throw wheelMissing(requirement, job.target, { ...failure, wheels: job.lockedWheels(requirement) ?? failure.wheels });
  installWheels(others, job);
}

export interface LambdaJob extends InstallJob {
  readonly target: LambdaTarget;
  readonly lockedWheels: LockedWheels;
}

/** The files of a package that the lock file names. Undefined if it names none. */
export type LockedWheels = (requirement: LockedRequirement) => readonly string[] | undefined;

function wheelMissing({ name, version }: LockedRequirement, target: LambdaTarget, { wheels = [], output }: InstallFailure): LazyApiError {
  const existing = wheels.length === 0 ? 'none that can be listed' : `${wheels.slice(0, WHEELS_SHOWN).join(', ')}${more(wheels)}`;
  return new LazyApiError(
    'WHEEL_MISSING',
    `"${name}" ${version} must have a wheel for ${describeTarget(target)} (${platformTags(target)[0]} or older), got ${existing}; `
    + 'use a version that has one, or another architecture or runtime; for a package of source code alone, build a wheel with pip wheel, '
    + 'publish it to an index or name its directory in --find-links, and lock again; for a package that a layer brings, use excludePackages'
    + `\n\n${output}`,
  );
}

function more(wheels: readonly string[]): string {
  return wheels.length > WHEELS_SHOWN ? ` and ${wheels.length - WHEELS_SHOWN} more` : '';
}
