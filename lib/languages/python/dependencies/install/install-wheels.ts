import { InstallFailure, InstallJob, Installer } from './installer';
import { pipInstaller } from './pip-installer';
import { UV_INSTALLER } from './uv-installer';
import { LazyApiError } from '../../../../private/errors';
import { dependencyError } from '../errors';
import { LockedRequirement } from '../requirements/requirement';
import { canStart } from '../run-tool';
import { describeTarget, LambdaTarget, platformTags } from '../target';

/** How many wheels an error names. */
const WHEELS_SHOWN = 12;

/** Finds what can install: uv, else pip of a Python. Amazon Linux 2 has a glibc that uv cannot name, so that pip gets a second try there. */
export function findInstallers(pythons: readonly string[]): Installer[] {
  const pythonWithPip = () => pythons.find((python) => canStart(python, ['-m', 'pip', '--version']));
  if (canStart('uv', ['--version'])) return [UV_INSTALLER];
  const python = pythonWithPip();
  if (python !== undefined) return [pipInstaller(python)];
  throw dependencyError('the dependencies of the application need uv or pip, got neither on this machine; install uv: '
    + 'https://docs.astral.sh/uv/getting-started/installation/');
}

/** Installs wheels for Lambda. Throws an error that names the package that has none. */
export function installWheels(installer: Installer, job: InstallJob & { readonly target: LambdaTarget; readonly lockedWheels: LockedWheels }): void {
  const failure = installer.install(job);
  if (failure === undefined) return;
  const requirement = job.requirements.find(({ name }) => name === failure.withoutWheel);
  if (requirement === undefined) {
    throw dependencyError(`${installer.title} cannot install the dependencies for ${describeTarget(job.target)}\n\n${failure.output}`);
  }
  throw wheelMissing(requirement, job.target, { ...failure, wheels: job.lockedWheels(requirement) ?? failure.wheels });
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
