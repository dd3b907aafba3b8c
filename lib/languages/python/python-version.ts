import { LazyApiError } from '../../private/errors';

/** The first whose `importlib.resources`, `tomllib` and `ExceptionGroup` the runtime and current frameworks rest on. */
const OLDEST_MINOR = 11;

/** Returns the version of Python that a runtime of Lambda has, like `3.13`, by the name of the runtime. */
export function pythonVersion(runtime: string): string {
  const minor = Number(/^python3\.(\d+)$/.exec(runtime)?.[1]);
  if (!(minor >= OLDEST_MINOR)) {
    throw new LazyApiError('RUNTIME', `runtime must be Python 3.${OLDEST_MINOR} or newer, got ${runtime}; leave it out for python3.13`);
  }
  return `3.${minor}`;
}
