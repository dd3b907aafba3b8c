import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './python.mjs';

const OWN = join(import.meta.dirname, 'variants');

/** What only the library's function needs. */
const OF_THE_LIBRARY = /^(lazy_api(_index|_main)?(\.py)?|manifest\.json)$/;

/**
 * Builds the functions that the library is compared with: the application, the packages, and the bytecode of the asset, with the modules of
 * `variants/` as handlers. Their handlers are `variants.monolith.handler` and `variants.middleware.handler`.
 *
 * @param others a directory with more modules
 */
export function buildVariants(asset, directory, { python, others = [] }) {
  cpSync(asset, directory, { recursive: true, filter: (file) => !OF_THE_LIBRARY.test(basename(file)) });
  const variants = join(directory, 'variants');
  mkdirSync(variants, { recursive: true });
  for (const from of [OWN, ...others]) cpSync(from, variants, { recursive: true, filter: (file) => basename(file) !== '__pycache__' });
  run('uv', ['pip', 'install', '--quiet', '--python', python, '--no-deps', '--target', directory, '--requirement', join(import.meta.dirname, 'requirements.txt')]);
  // Python would ignore bytecode with timestamps in a zip file. The library's asset has hash-based bytecode, too.
  run(python, ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', variants, join(directory, 'mangum')]);
  return directory;
}

/**
 * Creates the database with the sample data. In production it exists, too, before a function starts.
 *
 * @returns the environment variables with which a function uses it
 */
export function createDatabase(directory, scratch, python) {
  const environment = { DATABASE_URL: `sqlite:///${join(scratch, 'credentials.db')}` };
  run(python, ['-m', 'core.create_tables'], { cwd: directory, env: environment });
  return environment;
}
