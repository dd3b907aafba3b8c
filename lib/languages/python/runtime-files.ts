import * as fs from 'fs';
import * as path from 'path';
import { RUNTIME_DIRECTORY } from './entry-source';
import { InternalError } from '../../private/errors';
import { CodeFile } from '../../routers/built-code';

/** The runtime package, as it is in the tarball of this library. */
const RUNTIME = path.join(__dirname, '..', '..', '..', 'python', RUNTIME_DIRECTORY);

const remembered = new Map<string, readonly CodeFile[]>();

/** The files of the runtime package, for the asset. It does not change while a process runs. */
export function runtimeFiles(directory = RUNTIME): readonly CodeFile[] {
  const files = remembered.get(directory) ?? read(directory);
  remembered.set(directory, files);
  return files;
}

function read(directory: string): CodeFile[] {
  if (!fs.existsSync(directory)) throw new InternalError(`the runtime package is missing: ${directory}`);
  const names = (fs.readdirSync(directory, { recursive: true }) as string[]).filter((name) => name.endsWith('.py')).sort();
  return names.map((name) => ({
    path: `${RUNTIME_DIRECTORY}/${name.split(path.sep).join('/')}`,
    contents: fs.readFileSync(path.join(directory, name)),
  }));
}
