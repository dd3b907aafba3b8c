import { checkSize } from './check-size';
import { lockError } from './errors';
import { HostPackages, installForHost } from './install-for-host';
import { installationKey, installForLambda, LambdaInstall } from './install-for-lambda';
import { RecordedDistribution } from './installed/tidy-installation';
import { comesWithLambda } from './lambda-packages';
import { findLock } from './lock/find-lock';
import { Lock } from './lock/lock';
import { DependencyInstaller, DependencyOptions, DependencyRequest, Distribution, PythonDependencies } from './python-dependencies';
import { rememberedRequirements } from './remembered-requirements';
import { satisfies } from './requirements/version';
import { selectRequirements, withoutPackages } from './select-requirements';
import { environmentOf, lambdaTarget } from './target';
import { findPython } from '../interpreter/find-python';
import { pythonCache } from '../interpreter/python-cache';

/** The asset has the runtime of this library's version. Applications lock it for development and tests. */
const RUNTIME_PACKAGE = 'lazy-api-runtime';

interface ResolvedInstall extends LambdaInstall {
  /** With those that are excluded. */
  readonly locked: LambdaInstall['requirements'];
}

/** The dependencies of an application, as its lock file has them. */
export class LockedDependencies implements DependencyInstaller {
  constructor(private readonly options: DependencyOptions = {}) {}

  /** Equal keys install equal files. */
  public key(request: DependencyRequest): string {
    const job = this.resolve(request);
    return job === undefined ? 'none' : installationKey(job);
  }

  public install(request: DependencyRequest): PythonDependencies {
    const job = this.resolve(request);
    if (job === undefined) return { files: [], distributions: [], missingOnHost: [], warnings: [] };
    const installed = job.requirements.length === 0 ? [] : installForLambda(job);
    const distributions = installed.map(toDistribution);
    checkSize(distributions);
    const requirements = importable(job.locked, installed);
    const host = request.host && requirements.length > 0 ? installForHost({ ...job, requirements, python: request.host }) : undefined;
    return {
      files: installed.flatMap(({ files }) => files),
      distributions,
      ...toHost(host),
      warnings: pathFileWarnings(distributions),
    };
  }

  /** Undefined for an application without a lock file. */
  private resolve({ entry, projectRoot, pythonVersion, architecture, host }: DependencyRequest): ResolvedInstall | undefined {
    const { excludePackages = [] } = this.options;
    const lock = findLock(entry, projectRoot);
    if (lock === undefined) {
      withoutPackages([], excludePackages, []);
      return undefined;
    }
    checkPythonVersion(lock, pythonVersion);
    const cache = pythonCache(projectRoot);
    const target = lambdaTarget(pythonVersion, architecture);
    const python = findPython(pythonVersion, cache);
    const source = rememberedRequirements(lock, cache, python?.path);
    const all = source.requirements.filter(({ name }) => name !== RUNTIME_PACKAGE);
    const locked = selectRequirements(all, environmentOf(target));
    const requirements = withoutPackages(locked, excludePackages, all);
    const pythons = [host?.path, python?.path, 'python3', 'python'].filter((path) => path !== undefined);
    return { source, locked, requirements, target, python, pythons, cache };
  }
}

/** What the function can import: what is installed for it, and excluded packages that come with Lambda. */
function importable(locked: LambdaInstall['requirements'], installed: readonly RecordedDistribution[]): LambdaInstall['requirements'] {
  const names = new Set(installed.map(({ name }) => name));
  return locked.filter(({ name }) => names.has(name) || comesWithLambda(name));
}

function toDistribution({ name, version, requires, files }: RecordedDistribution): Distribution {
  return { name, version, requires, files: files.map((file) => file.path), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function toHost(host: HostPackages | undefined): Pick<PythonDependencies, 'hostDirectory' | 'missingOnHost'> {
  return host === undefined ? { missingOnHost: [] } : { hostDirectory: host.directory, missingOnHost: host.missing };
}

function checkPythonVersion(lock: Lock, pythonVersion: string): void {
  const versions = lock.tool.pythonVersions(lock);
  if (versions === undefined || satisfies(pythonVersion, versions)) return;
  throw lockError(
    `${lock.directory}/${lock.name} must be for the function's Python ${pythonVersion}, got one for Python ${versions}; `
    + `set the runtime to a version that it is for, or change the project and run ${lock.tool.lockCommand}`,
  );
}

/** Python reads such a file only in directories that Lambda has for itself. Those of namespaces, and of setuptools, have no effect elsewhere. */
const NEEDED_PATH_FILE = /^(?!.*-nspkg\.pth$)(?!distutils-precedence\.pth$)[^/]+\.pth$/;

function pathFileWarnings(distributions: readonly Distribution[]): PythonDependencies['warnings'] {
  return distributions.flatMap(({ name, version, files }) => files.filter((file) => NEEDED_PATH_FILE.test(file)).map((file) => ({
    text: `"${name}" ${version} has ${file}, which Lambda does not read, so what it changes at the start of Python does not happen. `
      + 'If the package needs it, import what it names in the application.',
  })));
}
