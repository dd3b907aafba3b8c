import * as fs from 'fs';
import * as path from 'path';
import { InstalledDistribution } from './dist-info';
import { sha256 } from '../../../../routers/cache/sha256';
import { dependencyError } from '../errors';

/** What a distribution says about a file of it. */
interface Claim {
  readonly name: string;
  readonly digest: string | undefined;
}

/** Some distributions put such files at the root by mistake. Nothing imports them. */
const NO_CODE_AT_ROOT = /^[^/]+$/;

/**
 * Returns the distribution of each file. Several may have the same file, like the `__init__.py` of a namespace; if they have different contents, the
 * result would depend on the order of the installation.
 *
 * @param kept the files of each distribution
 */
export function ownersOf(root: string, kept: ReadonlyMap<InstalledDistribution, readonly string[]>): Map<string, InstalledDistribution> {
  const owners = new Map<string, InstalledDistribution>();
  const dropped = new Set<string>();
  for (const [distribution, files] of kept) {
    for (const file of files) {
      const other = owners.get(file);
      if (other === undefined) {owners.set(file, distribution);} else if (!isSame(root, file, [other, distribution])) {
        if (!NO_CODE_AT_ROOT.test(file) || file.endsWith('.py')) throw conflict(file, other, distribution);
        dropped.add(file);
      }
    }
  }
  for (const file of dropped) owners.delete(file);
  return owners;
}

/** RECORD has the digest of each file of a wheel. */
function isSame(root: string, file: string, distributions: readonly InstalledDistribution[]): boolean {
  const [a, b] = distributions.map((distribution) => claimOf(root, file, distribution));
  return a.digest !== undefined && a.digest === b.digest;
}

function claimOf(root: string, file: string, { name, directory }: InstalledDistribution): Claim {
  const record = fs.readFileSync(path.join(root, directory, 'RECORD'), 'utf8');
  const line = record.split(/\r?\n/).find((one) => one.startsWith(`${file},`));
  const digest = line?.slice(file.length + 1).split(',')[0];
  return { name, digest: digest === '' ? sha256(fs.readFileSync(path.join(root, file))) : digest };
}

function conflict(file: string, one: InstalledDistribution, other: InstalledDistribution): Error {
  return dependencyError(
    `each file must come from one package, got ${file} with different contents from ${one.name} ${one.version} and ${other.name} ${other.version}; `
    + 'depend on one of them, or leave one out with excludePackages',
  );
}
