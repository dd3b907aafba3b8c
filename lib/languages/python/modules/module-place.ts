import * as path from 'path';
import { ObservedModule } from './observation';
import { CodeFile, InstalledFile, Origin } from '../../../routers/built-code';
import { PythonDependencies } from '../dependencies/python-dependencies';
import { RUNTIME_DIRECTORY } from '../entry-source';

/** Where a module comes from. */
export interface ModulePlace extends Origin {
  /** Its source file, relative to the project root. Undefined for the standard library. */
  readonly source?: string;
  /** Its file in the asset. Undefined for the standard library. */
  readonly file?: string;
  /** The size of its source, or of its machine code. */
  readonly bytes: number;
}

/** What is in the asset. */
export interface AssetContents {
  readonly files: readonly CodeFile[];
  readonly dependencies: PythonDependencies;
  /** The directory that Python imports from, relative to the project root, with `/`. Empty for the root itself. */
  readonly entryDirectory: string;
}

/** What stands in front of the files of packages in the names of source files. */
const PACKAGES = 'site-packages/';

/** Finds modules in the asset. Sizes are those of the files for Lambda, so that they are the same on every machine. */
export class ModulePlaces {
  private readonly sizes: ReadonlyMap<string, number>;
  private readonly installed: ReadonlyMap<string, InstalledFile>;
  private readonly distributions: ReadonlyMap<string, string>;
  private readonly hostDirectory: string | undefined;
  private readonly entryPrefix: string;

  constructor({ files, dependencies, entryDirectory }: AssetContents) {
    this.sizes = new Map(files.map(({ path: file, contents }) => [file, contents.length]));
    this.installed = new Map(dependencies.files.map((file) => [stem(file.path), file]));
    this.distributions = new Map(dependencies.distributions.flatMap(({ name, files: own }) => own.map((file) => [file, name] as const)));
    this.hostDirectory = dependencies.hostDirectory;
    this.entryPrefix = entryDirectory === '' ? '' : `${entryDirectory}/`;
  }

  /** Undefined for what has no file and no code: builtins, namespace packages. */
  public find({ name, file, standard }: Pick<ObservedModule, 'name' | 'file' | 'standard'>): ModulePlace | undefined {
    if (file !== null && !path.isAbsolute(file)) return this.inAsset(file.split(path.sep).join('/'));
    const relative = file !== null && this.hostDirectory !== undefined ? path.relative(this.hostDirectory, file) : '..';
    if (!relative.startsWith('..')) return this.inPackage(relative.split(path.sep).join('/'));
    return standard ? { name: name.split('.')[0], kind: 'library', bytes: 0 } : undefined;
  }

  /** The package of a source file, the library for the runtime, else the file itself. */
  public originOf(source: string): Origin {
    if (!source.startsWith(PACKAGES)) {
      return source.startsWith(`${RUNTIME_DIRECTORY}/`) ? { name: 'lazy_api', kind: 'library' } : { name: source, kind: 'project' };
    }
    const file = source.slice(PACKAGES.length);
    return { name: this.distributions.get(file) ?? file.split('/')[0].replace(/\..*$/, ''), kind: 'package' };
  }

  private inAsset(file: string): ModulePlace {
    const bytes = this.sizes.get(file) ?? 0;
    const source = file.startsWith(`${RUNTIME_DIRECTORY}/`) ? file : `${this.entryPrefix}${file}`;
    return { ...this.originOf(source), source, file, bytes };
  }

  /** The file of an extension module has another name on another platform. */
  private inPackage(hostFile: string): ModulePlace {
    const installed = this.installed.get(stem(hostFile));
    const file = installed?.path ?? hostFile;
    const source = `${PACKAGES}${file}`;
    return { ...this.originOf(source), source, file, bytes: installed?.bytes ?? 0 };
  }
}

/** Whether a source file belongs to a package of the lock file. */
export function isOfPackage(source: string): boolean {
  return source.startsWith(PACKAGES);
}

/** The path without extensions, of an extension module only. */
function stem(file: string): string {
  return /\.(so|pyd)$/.test(file) ? `${path.posix.join(path.posix.dirname(file), path.posix.basename(file).split('.')[0])}.so` : file;
}
