import { BuildResult, routerFile } from './bundler';
import { LazyApiError } from '../../private/errors';
import { RouterDeclaration } from '../../routers/declaration';
import { ResolvedRouter } from '../../routers/resolve-routers';

/** Throws an error if the name of a router's module has another meaning in esbuild. */
export function checkEntryNames(routers: readonly ResolvedRouter[], declarations: readonly RouterDeclaration[]): void {
  const odd = routers.find(({ entry }) => entry.includes('*'));
  if (!odd) return;
  const { label, typed } = declarations.find(({ prefix }) => prefix === odd.prefix)!;
  throw new LazyApiError('ENTRY_NAME', `${label}: entry must not contain "*", which esbuild reads as a wildcard, got "${typed}"; rename it`);
}

/** A module with `export *` may have any export: only loading it can tell. */
const EXPORTS_UNKNOWN = /\bexport\s*\*\s*from\b/;

/** The exports that the runtime accepts as a router. */
const ROUTER_EXPORTS = ['default', 'handler', 'listener'];

/** Throws an error if a router's module exports nothing that can be a router. */
export function checkExports(routers: readonly ResolvedRouter[], { chunks, files }: BuildResult): void {
  for (const { name, prefix, entry } of routers) {
    const file = routerFile(name);
    const exported = chunks.find((chunk) => chunk.file === file)?.exports ?? [];
    if (ROUTER_EXPORTS.some((known) => exported.includes(known))) continue;
    const text = files.find(({ path: other }) => other === file);
    if (text && EXPORTS_UNKNOWN.test(Buffer.from(text.contents).toString())) continue;
    throw new LazyApiError(
      'ROUTER_EXPORT_MISSING',
      `the router at "${prefix}" (${entry}) must have a default export or an export named "handler" or "listener", `
      + `got ${exported.length > 0 ? `only ${exported.join(', ')}` : 'no exports'}; `
      + 'to exclude a module that is not a router, begin its name with _',
    );
  }
}
