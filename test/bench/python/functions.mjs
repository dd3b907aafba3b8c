/**
 * The functions to compare. All have the same application, packages, and bytecode. `of` returns the function for a memory size and a router.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { synthesize } from '../../../examples/credentials-api/demo/synthesize.mjs';
import { buildVariants, createDatabase } from '../../../examples/credentials-api/demo/variants.mjs';

const { PreloadPolicy, Verify } = createRequire(import.meta.url)('../../../lib/index.js');

export const DESCRIPTIONS = {
  lazy: 'this library',
  everything: 'this library, everything preloaded',
  monolith: 'all routers in INIT, Mangum',
  middleware: 'a middleware that imports routers, Mangum',
  single: 'one function per router, Mangum',
  empty: 'an empty handler',
};

/** Builds the functions that are compared, in a directory. */
export function buildFunctions(scratch, { python, memories, variants: names }) {
  const build = (name, props) => synthesize({ pythonVersion: python.version, outdir: join(scratch, name), verify: Verify.off(), ...props }).asset;
  const lazy = Object.fromEntries(memories.map((memorySize) => [memorySize, build(`lazy-${memorySize}`, { memorySize })]));
  const everything = names.includes('everything') ? build('everything', { preloadPolicy: PreloadPolicy.everything() }) : undefined;
  const directory = join(scratch, 'variants');
  mkdirSync(directory);
  buildVariants(lazy[memories[0]], directory, { python: python.path, others: [join(import.meta.dirname, 'variants')] });
  const environment = createDatabase(directory, scratch, python.path);
  const own = (asset) => ({ directory: asset, handler: 'lazy_api_index.handler', environment });
  const variant = (name, variables) => ({ directory, handler: `variants.${name}.handler`, environment: { ...environment, ...variables } });
  return {
    lazy: { of: (memoryMb) => own(lazy[memoryMb]) },
    everything: { of: () => own(everything) },
    monolith: { of: () => variant('monolith') },
    middleware: { of: () => variant('middleware') },
    single: { of: (_, router) => variant('single', { ROUTER: router }) },
    empty: { of: () => variant('empty') },
  };
}
