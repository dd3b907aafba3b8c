import * as fs from 'node:fs';
import { findLocalPython } from './find-local-python';
import { PythonApi, pythonApi } from './python-api';
import { LockedDependencies } from '../../languages/python/dependencies/locked-dependencies';
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
  const dependencies = 'request' in found && !found.fits && fs.existsSync(found.request.entry) ? installed(found) : undefined;
  const replaced = new Set(dependencies?.files.map(({ path }) => path));
  return {
    loader: new PythonLoader({ pythonVersion: version, python: () => found.python, packages: () => dependencies ?? NO_PACKAGES }),
    files: listFiles(directory).filter(({ kind, relative }) => kind === 'a file' && !replaced.has(relative))
      .map(({ file, relative }) => ({ path: relative, source: file, executable: isExecutable(file) })),
    externals: [],
    warnings: found.warning === undefined ? [] : [found.warning],
  };
}

/** None but those of the asset. */
const NO_PACKAGES: Pick<PythonDependencies, 'distributions' | 'missingOnHost'> = { distributions: [], missingOnHost: [] };

function installed({ application: { excludePackages }, request }: PythonApi): PythonDependencies {
  return new LockedDependencies({ excludePackages }).install(request);
}
