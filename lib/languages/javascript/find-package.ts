import * as fs from 'fs';
import * as path from 'path';
import { upward } from '../../routers/project-root';

/** The directory of a package that the project has installed. Undefined if it is not installed. */
export function findPackage(name: string, lookupDirectory: string): string | undefined {
  return upward(lookupDirectory).map((directory) => path.join(directory, 'node_modules', name)).find((candidate) => fs.existsSync(candidate));
}
