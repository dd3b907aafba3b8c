import { Origin } from '../../routers/built-code';

/** The package of a source file below node_modules, the library for its own runtime, or otherwise the file itself. */
export function originOf(file: string): Origin {
  // The bundle gets the runtime as data URLs.
  if (file.startsWith('<data:')) return { name: 'cdk-lazy-api/runtime', kind: 'library' };
  const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  return name === undefined ? { name: file, kind: 'project' } : { name, kind: 'package' };
}
