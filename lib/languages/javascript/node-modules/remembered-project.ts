import * as fs from 'fs';
import * as path from 'path';
import { InstallableProject } from './package-manager';
import { replaceFile } from '../../../routers/cache/replace-file';
import { sha256 } from '../../../routers/cache/sha256';

/** A project, and the digests of the files, other than the lock file, that it was made from. */
interface Remembered {
  readonly files: InstallableProject['files'];
  readonly versions: ReadonlyArray<readonly [name: string, version: string | null | undefined]>;
  readonly reads: Readonly<Record<string, string>>;
}

/**
 * Describes a project, or returns the earlier description for the same inputs, because it takes tens of milliseconds to parse a large lock file.
 *
 * @param inputs everything that determines the project, except the files that it names in `reads`
 */
export function rememberedProject(cache: string, inputs: readonly unknown[], describe: () => InstallableProject): InstallableProject {
  const file = path.join(cache, `project-${sha256(JSON.stringify(inputs))}.json`);
  const remembered = read(file);
  if (remembered !== undefined) return remembered;
  const project = describe();
  const { files, versions, reads = [] } = project;
  const remember: Remembered = { files, versions: [...versions], reads: Object.fromEntries(reads.map((one) => [one, digestOfFile(one)])) };
  replaceFile(file, JSON.stringify(remember));
  return project;
}

/** Undefined if one of the files has changed since. */
function read(file: string): InstallableProject | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { reads, versions, files } = JSON.parse(fs.readFileSync(file, 'utf8')) as Remembered;
  if (Object.entries(reads).some(([other, digest]) => digestOfFile(other) !== digest)) return undefined;
  return { files, versions: new Map(versions.map(([name, version]) => [name, version ?? undefined])) };
}

function digestOfFile(file: string): string {
  return fs.existsSync(file) ? sha256(fs.readFileSync(file)) : 'none';
}
