import * as path from 'path';
import { Lock, LockTool } from './lock';
import { dependencyError, lockError } from '../errors';
import { readDirectNames } from './direct-names';
import { parseRequirements } from '../requirements/parse-requirements';
import { Requirements } from '../requirements/requirement';
import { runTool, Tool } from '../run-tool';

const POETRY: Tool = { title: 'Poetry', command: 'poetry', installation: 'install Poetry: https://python-poetry.org/docs/#installation' };

const QUIET = ['--no-interaction', '--no-ansi'];

/** https://python-poetry.org/docs/cli/#export */
export const POETRY_LOCK: LockTool = {
  title: 'Poetry',
  lockFile: 'poetry.lock',
  lockCommand: 'poetry lock',
  reads: ({ directory }) => ['pyproject.toml', 'poetry.toml'].map((name) => path.join(directory, name)),
  pythonVersions: ({ text }) => /^python-versions = "([^"]+)"/m.exec(/^\[metadata\][^]*/m.exec(text)?.[0] ?? '')?.[1],
  export: exportLock,
};

function exportLock(lock: Lock): Requirements {
  const file = path.join(lock.directory, lock.name);
  const options = { directory: lock.directory, why: `${file} belongs to Poetry` };
  checkIsCurrent(lock);
  const { status, stdout, output } = runTool(POETRY, ['export', '--format', 'requirements.txt', ...QUIET], options);
  if (status !== 0) {
    if (/"?export"? does not exist|command .*export.* (not|isn't)/i.test(output)) {
      throw dependencyError(
        `${file} belongs to Poetry, which needs its plug-in poetry-plugin-export; run poetry self add poetry-plugin-export, `
        + 'or pipx inject poetry poetry-plugin-export',
      );
    }
    throw lockError(`Poetry cannot export ${file}\n\n${output}`);
  }
  const parsed = parseRequirements({ text: stdout, directory: lock.directory, name: lock.name, advice: `run poetry lock in ${lock.directory}` });
  return readDirectNames(parsed, path.join(lock.directory, 'pyproject.toml'));
}

/** `poetry check` also fails for mistakes that do not concern the lock file. */
function checkIsCurrent({ directory, name }: Lock): void {
  const file = path.join(directory, name);
  const { status, output } = runTool(POETRY, ['check', '--lock', ...QUIET], { directory, why: `${file} belongs to Poetry` });
  if (status === 0 || !/changed significantly|not up to date|poetry\.lock/.test(output)) return;
  throw lockError(`${file} must match pyproject.toml, got one that is outdated; run poetry lock in ${directory}\n\n${output}`);
}
