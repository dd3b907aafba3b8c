import * as path from 'path';
import { Lock, LockTool } from './lock';
import { lockError } from '../errors';
import { parseRequirements } from '../requirements/parse-requirements';
import { IndexOptions, Requirements } from '../requirements/requirement';
import { runTool, Tool } from '../run-tool';

export const UV: Tool = { title: 'uv', command: 'uv', installation: 'install uv: https://docs.astral.sh/uv/getting-started/installation/' };

const PYPI = 'https://pypi.org/simple';

const EXPORT = [
  'export', '--locked', '--format', 'requirements-txt', '--no-default-groups', '--no-emit-project', '--no-header', '--no-progress',
  '--color', 'never',
];

/** https://docs.astral.sh/uv/concepts/projects/export/ */
export const UV_LOCK: LockTool = {
  title: 'uv',
  lockFile: 'uv.lock',
  lockCommand: 'uv lock',
  reads: ({ directory, projectDirectory, text }) => [...new Set([
    ...[directory, projectDirectory].flatMap((place) => ['pyproject.toml', 'uv.toml'].map((name) => path.join(place, name))),
    ...membersOf(text).map((member) => path.join(directory, member, 'pyproject.toml')),
  ])],
  pythonVersions: ({ text }) => /^requires-python = "([^"]+)"/m.exec(text)?.[1],
  export: exportLock,
};

/** The projects of the workspace, and others that are on the disk. */
function membersOf(text: string): string[] {
  return [...text.matchAll(/\b(?:editable|virtual|directory) = "([^"]+)"/g)].map(([, member]) => member);
}

function exportLock(lock: Lock, python?: string): Requirements {
  const file = path.join(lock.directory, lock.name);
  const environment: Record<string, string> = python === undefined || process.env.UV_PYTHON ? {} : { UV_PYTHON: python };
  const { status, stdout, output } = runTool(UV, EXPORT, { directory: lock.projectDirectory, environment, why: `${file} belongs to uv` });
  if (status !== 0) {
    if (/needs to be updated|--locked|outdated/.test(output)) {
      throw lockError(`${file} must match pyproject.toml, got one that is outdated; run uv lock in ${lock.directory}\n\n${output}`);
    }
    throw lockError(`uv cannot export ${file}\n\n${output}`);
  }
  const parsed = parseRequirements({ text: stdout, directory: lock.projectDirectory, name: lock.name, advice: `run uv lock in ${lock.directory}` });
  return { ...parsed, indexes: { ...parsed.indexes, ...registriesOf(lock) } };
}

/** `uv pip` does not read which package comes from which index of the project, but hashes decide about that as well. */
function registriesOf({ text, directory }: Lock): Pick<IndexOptions, 'extraIndexUrls' | 'findLinks'> {
  const registries = [...new Set([...text.matchAll(/\bregistry = "([^"]+)"/g)].map(([, registry]) => registry))];
  const isAddress = (registry: string) => /^https?:/.test(registry);
  return {
    extraIndexUrls: registries.filter((registry) => isAddress(registry) && registry !== PYPI),
    findLinks: registries.filter((registry) => !isAddress(registry)).map((folder) => path.resolve(directory, folder)),
  };
}
