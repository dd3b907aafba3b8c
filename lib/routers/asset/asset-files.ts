import * as fs from 'fs';
import * as path from 'path';
import { CodeFile } from '../built-code';
import { parseGlob } from './glob';
import { isExecutable } from './is-executable';
import { FoundFile, listFiles } from './list-files';
import { aKnownString, mapOf, must } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { oddity, pathKind } from '../path-kind';

/** A file that the user puts into the asset. */
export interface AssetFile extends CodeFile {
  /** The prop that declares it. */
  readonly declaredBy: string;
}

export interface AssetFileOptions {
  /** The prop with the declarations. */
  readonly prop: string;
  readonly projectRoot: string;
  readonly projectRootProp: string;
}

/** A source, as the user wrote it. */
interface Source extends AssetFileOptions {
  readonly typed: string;
}

const aTarget = must(
  'a path below the asset\'s root, such as "templates", with "/" and without empty, "." and ".." segments',
  (value) => typeof value === 'string' && value.split('/').every((segment) => !['', '.', '..'].includes(segment)) && !/[\\\0]/.test(value),
);

/** The rule for the prop: sources by their target. */
export const FILES = mapOf(aKnownString, aTarget);

/** Reads files, directories and patterns. The paths of the result are targets in the asset. */
export function readAssetFiles(declared: { readonly [target: string]: string }, options: AssetFileOptions): AssetFile[] {
  return Object.entries(declared).flatMap(([target, typed]) => {
    const prop = `${options.prop}["${target}"]`;
    const source = { ...options, prop, typed };
    return findFiles(source).map((found) => ({
      path: found.relative === '' ? target : `${target}/${found.relative}`, declaredBy: prop, ...readFile(found, source),
    }));
  });
}

function findFiles(source: Source): FoundFile[] {
  const { prop, typed } = source;
  const file = path.resolve(typed);
  const kind = pathKind(file);
  if (kind === 'a file') return [{ file, relative: '', kind }];
  const glob = kind === 'missing' ? parseGlob(typed) : undefined;
  const directory = glob === undefined ? file : path.resolve(glob.base);
  const found = pathKind(directory);
  if (found !== 'a directory') {
    throw filesError(`${prop} must be an existing file, directory or pattern, got "${typed}"; looked for ${directory}${oddity(found)}`);
  }
  const files = read(source, () => listFiles(directory, glob?.depth)).filter(({ relative }) => glob?.matches(relative) ?? true);
  if (files.length === 0) throw filesError(`${prop} must match at least one file, got "${typed}"; looked in ${directory}`);
  return files;
}

function readFile({ file, kind }: FoundFile, source: Source): Pick<CodeFile, 'contents' | 'executable'> {
  const { prop, typed } = source;
  if (kind !== 'a file') throw filesError(`${prop} must contain only files, got "${typed}" with ${file}, which is ${kind}`);
  checkInside(file, source);
  return read(source, () => ({ contents: fs.readFileSync(file), ...isExecutable(file) && { executable: true } }));
}

/** Files outside the project are not in its version control, so the same commit could produce different assets. */
function checkInside(file: string, { prop, typed, projectRoot, projectRootProp }: Source): void {
  const real = fs.realpathSync(file);
  const relative = path.relative(projectRoot, real);
  if (!relative.startsWith('..') && !path.isAbsolute(relative)) return;
  throw filesError(
    `${prop} must lie inside the project, got "${typed}" with ${real}; `
    + `the project root is ${projectRoot}, set ${projectRootProp} if it should be another`,
  );
}

function read<T>({ prop, typed }: Source, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new LazyApiError('BUNDLING_FILES', `${prop} must be readable, got "${typed}"; ${(error as Error).message}`, { cause: error });
  }
}

function filesError(message: string): LazyApiError {
  return new LazyApiError('BUNDLING_FILES', message);
}
