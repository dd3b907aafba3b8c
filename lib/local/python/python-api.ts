import * as path from 'node:path';
import { findLocalPython, LocalPython } from './find-local-python';
import { fits } from './fits';
import { PythonApplication } from '../../languages/python/application';
import { applicationOf } from '../../languages/python/code-from-recipe';
import { comesWithLambda } from '../../languages/python/dependencies/lambda-packages';
import { DependencyRequest } from '../../languages/python/dependencies/python-dependencies';
import { pythonVersion } from '../../languages/python/python-version';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import type { Programs } from '../language/programs';

/** An API in Python, and the Python of this machine that runs it. */
export interface PythonApi extends LocalPython {
  readonly application: PythonApplication;
  /** What its packages are installed for. */
  readonly request: DependencyRequest;
  /** Whether the packages of the asset are complete on this machine, and work with this Python. */
  readonly fits: boolean;
}

export function pythonApi({ directory, description }: SynthesizedApi, { python: given }: Programs): PythonApi {
  const { code: { recipe }, function: { runtime, architecture } } = description;
  const found = findLocalPython(pythonVersion(runtime), given);
  const application = applicationOf(recipe, (file) => path.resolve(directory, file));
  const { entry, projectRoot = entry } = application;
  const target = { pythonVersion: pythonVersion(runtime), architecture: architecture === 'arm64' ? 'arm64' as const : 'x86_64' as const };
  const request = { entry, projectRoot, ...target, host: found.python };
  return { ...found, application, request, fits: fits(target, found.python) && !needsLambda(application) };
}

/** Whether the asset lacks packages that come with Lambda. */
function needsLambda({ excludePackages = [] }: PythonApplication): boolean {
  return excludePackages.some(comesWithLambda);
}
