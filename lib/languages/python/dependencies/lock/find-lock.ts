import * as fs from 'fs';
import * as path from 'path';
import { asksForPackages } from './direct-names';
import { Lock, LockTool } from './lock';
import { PIPENV_LOCK } from './pipenv';
import { POETRY_LOCK } from './poetry';
import { REQUIREMENTS_TXT } from './requirements-txt';
import { UV_LOCK } from './uv';
import { upward } from '../../../../routers/project-root';
import { lockError } from '../errors';

/** Each of them locks a project alone. */
const TOOLS: readonly LockTool[] = [UV_LOCK, POETRY_LOCK, PIPENV_LOCK];

/** Lock files of other tools, with the command that writes one that works. */
const OTHERS: { readonly [file: string]: string } = {
  'pdm.lock': 'pdm export --without dev -o requirements.txt',
  'pylock.toml': 'uv export --format requirements-txt -o requirements.txt',
  'conda-lock.yml': 'uv lock',
};

/**
 * Finds the nearest lock file at the application or above it, up to the root of the project. The lock file of a tool precedes requirements.txt, which
 * is often exported from it. Undefined for a project that asks for no packages.
 */
export function findLock(entry: string, projectRoot: string): Lock | undefined {
  const places = placesFrom(entry, projectRoot);
  for (const place of places) {
    const tool = toolAt(place);
    if (tool !== undefined) return toLock(tool, place, places);
    checkIsLocked(place, places);
  }
  return undefined;
}

/** The files that can change what {@link findLock} finds. Not all of them exist. */
export function lockFilesFor(entry: string, projectRoot: string): string[] {
  const names = [...TOOLS.map(({ lockFile }) => lockFile), REQUIREMENTS_TXT.lockFile, 'pyproject.toml', 'Pipfile'];
  return placesFrom(entry, projectRoot).flatMap((place) => names.map((name) => path.join(place, name)));
}

function placesFrom(entry: string, projectRoot: string): string[] {
  return upward(entry).filter((place) => place === projectRoot || place.startsWith(projectRoot + path.sep));
}

function toolAt(place: string): LockTool | undefined {
  const [tool, another] = TOOLS.filter(({ lockFile }) => fs.existsSync(path.join(place, lockFile)));
  if (another !== undefined) {
    throw lockError(`${place} must have one lock file, got ${tool.lockFile} and ${another.lockFile}; remove the one that you do not use`);
  }
  return tool ?? (fs.existsSync(path.join(place, REQUIREMENTS_TXT.lockFile)) ? REQUIREMENTS_TXT : undefined);
}

function toLock(tool: LockTool, directory: string, places: readonly string[]): Lock {
  const below = places.slice(0, places.indexOf(directory));
  const projectDirectory = below.find((place) => fs.existsSync(path.join(place, 'pyproject.toml'))) ?? directory;
  return { tool, directory, projectDirectory, name: tool.lockFile, text: fs.readFileSync(path.join(directory, tool.lockFile), 'utf8') };
}

/** Throws an error if a project asks for packages and has no lock file. */
function checkIsLocked(place: string, places: readonly string[]): void {
  const has = (name: string) => fs.existsSync(path.join(place, name));
  const other = Object.keys(OTHERS).find(has);
  if (other !== undefined) {
    throw lockError(`${place} must have uv.lock, poetry.lock, Pipfile.lock, or requirements.txt, got ${other}; run ${OTHERS[other]}`);
  }
  if (has('Pipfile')) throw notLocked(place, 'Pipfile', 'pipenv lock');
  if (!has('pyproject.toml')) return;
  const text = fs.readFileSync(path.join(place, 'pyproject.toml'), 'utf8');
  const isMember = places.slice(places.indexOf(place) + 1).some((above) => fs.existsSync(path.join(above, UV_LOCK.lockFile)));
  if (asksForPackages(text) && !isMember) throw notLocked(place, 'pyproject.toml', lockCommandOf(text));
}

function lockCommandOf(pyproject: string): string {
  if (/^\[tool\.pdm/m.test(pyproject)) return 'pdm lock and pdm export --without dev -o requirements.txt';
  return /^\[tool\.poetry/m.test(pyproject) ? 'poetry lock' : 'uv lock';
}

function notLocked(place: string, file: string, command: string): Error {
  return lockError(
    `${path.join(place, file)} must have a lock file next to it, so that every machine installs the same, got none; run ${command} in ${place}`,
  );
}
