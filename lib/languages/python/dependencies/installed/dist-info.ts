import * as fs from 'fs';
import * as path from 'path';
import { normalizeName } from '../requirements/requirement';

/** A distribution as an installer left it: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ */
export interface InstalledDistribution {
  /** The normalized name. */
  readonly name: string;
  readonly version: string;
  /** `pydantic_core-2.33.2.dist-info` */
  readonly directory: string;
  /** Its files, relative to the installation, with `/`. */
  readonly files: readonly string[];
  /** The tags of its wheel: `cp313-cp313-manylinux_2_17_aarch64`. */
  readonly tags: readonly string[];
  /** The lines of `Requires-Dist`. */
  readonly requires: readonly string[];
}

const DIST_INFO = /\.dist-info$/;

/** Reads all distributions of an installation, sorted by name. */
export function readDistributions(root: string): InstalledDistribution[] {
  const directories = fs.readdirSync(root).filter((name) => DIST_INFO.test(name)).sort();
  return directories.map((directory) => readOne(root, directory)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readOne(root: string, directory: string): InstalledDistribution {
  const read = (name: string) => {
    const file = path.join(root, directory, name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  };
  const metadata = headersOf(read('METADATA'));
  return {
    name: normalizeName(valuesOf(metadata, 'name')[0] ?? directory.replace(/-[^-]*$/, '')),
    version: valuesOf(metadata, 'version')[0] ?? '',
    directory,
    files: [...new Set(recordedFiles(read('RECORD')))].filter((file) => fs.existsSync(path.join(root, file))).sort(),
    tags: valuesOf(headersOf(read('WHEEL')), 'tag'),
    requires: valuesOf(metadata, 'requires-dist'),
  };
}

type Headers = ReadonlyArray<readonly [name: string, value: string]>;

function valuesOf(headers: Headers, name: string): string[] {
  return headers.filter(([key]) => key === name).map(([, value]) => value);
}

/** The headers before the description, as in mails. */
function headersOf(text: string): Headers {
  const [head] = text.split(/\r?\n\r?\n/);
  return head.split(/\r?\n(?![ \t])/).flatMap((line) => {
    const [, name, value] = /^([\w-]+):\s*([^]*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
  });
}

/** pip records what is not below the packages as `../../bin/x`, although `--target` has it in `bin`. */
function recordedFiles(record: string): string[] {
  return record.split(/\r?\n/).filter((line) => line !== '').map((line) => {
    const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line)!;
    const file = path.posix.normalize((quoted?.replace(/""/g, '"') ?? plain).replace(/\\/g, '/'));
    return file.replace(/^(\.\.\/)+/, '');
  });
}
