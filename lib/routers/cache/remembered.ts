import * as fs from 'fs';
import * as path from 'path';
import { markUsed, removeUnused } from './prune';
import { replaceFile } from './replace-file';

/**
 * Returns the value in the file, or creates it.
 *
 * @param file named after everything that the value depends on
 * @param isLasting whether the value is kept for the next synthesis
 */
export function remembered<T>(file: string, make: () => T, isLasting: (value: T) => boolean): T {
  if (fs.existsSync(file)) {
    markUsed(file);
    return JSON.parse(fs.readFileSync(file, 'utf8')) as T;
  }
  const value = make();
  if (isLasting(value)) {
    replaceFile(file, JSON.stringify(value));
    removeUnused(path.dirname(file));
  }
  return value;
}
