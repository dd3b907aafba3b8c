import { findLocalPython } from './find-local-python';
import { lockedPackages } from './foreign-packages';
import { pythonApi } from './python-api';
import type { PythonDependencies } from '../../languages/python/dependencies/python-dependencies';
import { pythonVersion } from '../../languages/python/python-version';
import { PythonLoader } from '../../languages/python/verification/python-loader';
import { isExecutable } from '../../routers/asset/is-executable';
import { listFiles } from '../../routers/asset/list-files';
import type { VerifiableAsset } from '../language/local-language';
import type { Programs } from '../language/programs';
import type { LocalCode } from '../verify/local-code';

/** The asset with its own packages if they work on this machine, otherwise with those of the lock file. */
export function toVerifiablePython({ api, runtime, directory }: LocalCode, programs: Programs): VerifiableAsset {
  const version = pythonVersion(runtime);
  const found = api ? pythonApi(api, programs) : { ...findLocalPython(version, programs.python), fits: true };
  const locked = api && 'request' in found && !found.fits ? lockedPackages(api, found) : undefined;
  const dependencies = locked && 'dependencies' in locked ? locked.dependencies : undefined;
  const replaced = new Set(dependencies?.files.map(({ path }) => path));
  return {
    loader: new PythonLoader({ pythonVersion: version, python: () => found.python, packages: () => dependencies ?? NO_PACKAGES }),
    files: listFiles(directory).filter(({ kind, relative }) => kind === 'a file' && !replaced.has(relative))
      .map(({ file, relative }) => ({ path: relative, source: file, executable: isExecutable(file) })),
    externals: [],
    warnings: [...found.warning === undefined ? [] : [found.warning], ...locked && 'warning' in locked ? [locked.warning] : []],
  };
}

/** None but those of the asset. */
const NO_PACKAGES: Pick<PythonDependencies, 'distributions' | 'missingOnHost'> = { distributions: [], missingOnHost: [] };
