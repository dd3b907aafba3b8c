import { LazyApiError } from '../../private/errors';
import { BuiltCode } from '../built-code';
import { contentsOf } from '../contents';
import { LoadGraph, postOrder } from '../load-graph';

/** By chunk file: the package for which INIT loads the chunk. Dependencies come first. */
export type IncludedChunks = ReadonlyMap<string, string>;

/** Finds the chunks with these packages, and what those chunks import. Throws an error if no chunk has a package. */
export function includedChunks(built: BuiltCode, graph: LoadGraph, packages: readonly string[]): IncludedChunks {
  const included = new Map<string, string>();
  for (const name of packages) {
    const having = built.chunks.filter((chunk) => contentsOf([chunk], built).some((content) => content.name === name));
    if (having.length === 0) throw unknownPackageError(name, built);
    for (const { file } of having) postOrder(graph.chunks, file).forEach((needed) => included.set(needed, included.get(needed) ?? name));
  }
  return included;
}

/** How many packages the error names. */
const MAX_PACKAGES = 20;

function unknownPackageError(name: string, built: BuiltCode): LazyApiError {
  const packages = contentsOf(built.chunks, built).filter(({ kind }) => kind === 'package').map((content) => content.name);
  const known = packages.length === 0 ? 'the code has no packages' : `the largest packages are ${packages.slice(0, MAX_PACKAGES).join(', ')}`;
  return new LazyApiError('PRELOAD_OPTION', `preloadPolicy: include must name packages in the code, got "${name}"; ${known}`);
}
