import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { InstallableProject } from './package-manager';

/** A project, and the digests of the files beside the lock file that it was made of. */
interface Remembered {
  readonly files: InstallableProject['files'];
  readonly versions: ReadonlyArray<readonly [name: string, version: string | null | undefined]>;
  readonly reads: Readonly<Record<string, string>>;
}

/**
 * Describes a project, or returns what was described before for the same inputs: it takes tens of milliseconds to parse a large lock file.
 *
 * @param inputs everything that decides about the project, beside the files that it names in `reads`
 */
export function rememberedProject(cache: string, inputs: readonly unknown[], describe: () => InstallableProject): InstallableProject {
  const file = path.join(cache, `project-${digestOf(JSON.stringify(inputs))}.json`);
  const remembered = read(file);
  if (remembered !== undefined) return remembered;
  const project = describe();
  const { files, versions, reads = [] } = project;
  write(file, { files, versions: [...versions], reads: Object.fromEntries(reads.map((one) => [one, digestOfFile(one)])) });
  return project;
}

/** Undefined if one of the files has changed since. */
function read(file: string): InstallableProject | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { reads, versions, files } = JSON.parse(fs.readFileSync(file, 'utf8')) as Remembered;
  if (Object.entries(reads).some(([other, digest]) => digestOfFile(other) !== digest)) return undefined;
  return { files, versions: new Map(versions.map(([name, version]) => [name, version ?? undefined])) };
}

/** Another synthesis may read it at the same time, so it is replaced as a whole. */
function write(file: string, project: Remembered): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify(project));
  fs.renameSync(`${file}.${process.pid}`, file);
}

function digestOfFile(file: string): string {
  return fs.existsSync(file) ? digestOf(fs.readFileSync(file)) : 'none';
}

function digestOf(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}
