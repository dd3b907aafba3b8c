import * as path from 'path';
import { Lock, LockTool } from './lock';
import { lockError } from '../errors';
import { readDirectNames } from './direct-names';
import { parseRequirements } from '../requirements/parse-requirements';
import { Requirements } from '../requirements/requirement';
import { runTool, Tool } from '../run-tool';

const PIPENV: Tool = { title: 'Pipenv', command: 'pipenv', installation: 'install Pipenv: https://pipenv.pypa.io/en/latest/installation.html' };

/** It reads the lock file alone, and needs no virtual environment. */
const ENVIRONMENT = { PIPENV_IGNORE_VIRTUALENVS: '1', PIPENV_VERBOSITY: '-1', PIPENV_NOSPIN: '1', PIPENV_YES: '1' };

/** https://pipenv.pypa.io/en/latest/cli.html */
export const PIPENV_LOCK: LockTool = {
  title: 'Pipenv',
  lockFile: 'Pipfile.lock',
  lockCommand: 'pipenv lock',
  reads: ({ directory }) => [path.join(directory, 'Pipfile')],
  pythonVersions: ({ text }) => {
    const version = /"python_version":\s*"([\d.]+)"/.exec(text)?.[1];
    return version && `==${version}.*`;
  },
  export: exportLock,
};

function exportLock(lock: Lock): Requirements {
  const { directory, name } = lock;
  const file = path.join(directory, name);
  const options = { directory, environment: { ...ENVIRONMENT, PIPENV_PIPFILE: path.join(directory, 'Pipfile') }, why: `${file} belongs to Pipenv` };
  const verified = runTool(PIPENV, ['verify'], options);
  if (verified.status !== 0) {
    throw lockError(`${file} must match Pipfile, got one that is outdated; run pipenv lock in ${directory}\n\n${verified.output}`);
  }
  const { status, stdout, output } = runTool(PIPENV, ['requirements', '--hash'], options);
  if (status !== 0) throw lockError(`Pipenv cannot export ${file}\n\n${output}`);
  const parsed = parseRequirements({ text: stdout, directory, name, advice: `run pipenv lock in ${directory}` });
  return readDirectNames(parsed, path.join(directory, 'Pipfile'));
}
