import * as fs from 'fs';
import * as path from 'path';
import { InstalledDistribution } from './dist-info';
import { removableTests } from './removable-tests';

/** What an installer notes about the machine, or notes for itself. */
const NOTES = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json', 'RECORD', 'uv_build.json'];

/** A stub is for type checkers. This function reads it to find out what to import lazily: https://github.com/scientific-python/lazy-loader */
const READS_STUBS = 'attach_stub';

/** The files of a distribution that the function gets. */
export function keptFiles(root: string, distribution: InstalledDistribution): string[] {
  const { directory, files } = distribution;
  const notes = new Set(NOTES.map((name) => `${directory}/${name}`));
  const isScript = (file: string) => file.startsWith('bin/') && !files.includes('bin/__init__.py');
  const used = files.filter((file) => !notes.has(file) && !isScript(file) && !isBytecode(file));
  const sources = new Map(used.filter((file) => file.endsWith('.py')).map((file) => [file, readSource(root, file)]));
  const tests = removableTests(sources);
  const readsStubs = [...sources.values()].some((text) => text.includes(READS_STUBS));
  return used.filter((file) => !tests.some((folder) => file.startsWith(`${folder}/`)) && (readsStubs || !file.endsWith('.pyi')));
}

/** What is compiled later is for the function's Python. */
function isBytecode(file: string): boolean {
  return file.split('/').includes('__pycache__') || /\.py[co]$/.test(file);
}

/** Names are ASCII in practice, whatever the encoding of the source. */
function readSource(root: string, file: string): string {
  return fs.readFileSync(path.join(root, file), 'latin1');
}
