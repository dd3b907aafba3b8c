import * as fs from 'fs';
import * as path from 'path';
import { pathKind } from '../path-kind';

/** Something in a directory, after links are followed. */
export interface FoundFile {
  /** The absolute path, as it was found. */
  readonly file: string;
  /** The path below the directory, with `/`. */
  readonly relative: string;
  /** `a file`, or the reason why it is not a file. */
  readonly kind: string;
}

/** Lists everything below a directory, except directories, sorted by name. A link that leads back to a directory above it is not followed. */
export function listFiles(directory: string, depth = Infinity): FoundFile[] {
  return list({ directory, relative: '', above: [], depth });
}

interface Place {
  readonly directory: string;
  readonly relative: string;
  /** The real paths of the directories above. */
  readonly above: readonly string[];
  readonly depth: number;
}

function list({ directory, relative, above, depth }: Place): FoundFile[] {
  const real = fs.realpathSync(directory);
  if (above.includes(real)) return [{ file: directory, relative, kind: 'a link to a directory above it' }];
  return fs.readdirSync(directory).sort().flatMap((name) => {
    const [file, below] = [path.join(directory, name), relative === '' ? name : `${relative}/${name}`];
    const kind = pathKind(file);
    if (kind !== 'a directory') return [{ file, relative: below, kind }];
    return depth === 0 ? [] : list({ directory: file, relative: below, above: [...above, real], depth: depth - 1 });
  });
}
