/**
 * The generated modules of an asset, as text.
 *
 * `main.mjs` is esbuild's entry: the lazy route table. `index.mjs` is written after the build, when the preload plan is
 * known: it loads the plan in INIT and exports the handler. It imports the plan's chunks dynamically, because a static
 * import of one bad chunk would fail INIT for every router.
 */

export const INDEX_FILE = 'index.mjs';
export const MAIN_FILE = 'main.mjs';

/** The module that router code imports; the bundle gets the library's own copy. */
export const RUNTIME_MODULE = 'cdk-lazy-api/runtime';

/** The module that the generated entry imports. Apart, so that an app whose routers import nothing pays for nothing. */
export const ENTRY_MODULE = `${RUNTIME_MODULE}/entry`;

/** Parts of the runtime that it loads when they are needed, and their files in the asset. */
export const RUNTIME_PARTS: { readonly [module: string]: string } = {
  [`${RUNTIME_MODULE}/fetch`]: 'fetch.mjs',
  [`${RUNTIME_MODULE}/recovery`]: 'recovery.mjs',
};

export interface RouteSource {
  readonly prefix: string;
  /** Relative to the project root. */
  readonly entry: string;
  readonly stripPrefix: boolean;
}

export interface PreloadSource {
  /** Chunk files, relative to the asset's root. */
  readonly chunks: readonly string[];
  /** Prefixes of the routers that are loaded whole. */
  readonly routers: readonly string[];
  /** Whether a router is, or may be, a fetch router. */
  readonly fetch: boolean;
}

export function renderMain(routes: readonly RouteSource[]): string {
  const rows = routes.map(({ prefix, entry, stripPrefix }) => {
    const load = `load: () => import(${quote(`./${entry}`)})`;
    return `    { prefix: ${quote(prefix)}, ${load}${stripPrefix ? '' : ', stripPrefix: false'} },`;
  });
  return [
    `import { createLazyApi } from ${quote(ENTRY_MODULE)};`,
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    ...rows,
    '  ],',
    '});',
    '',
  ].join('\n');
}

export function renderIndex({ chunks, routers, fetch }: PreloadSource): string {
  const imports = chunks.map((file) => `()=>import(${quote(`./${file}`)})`);
  return [
    `import{handler,init}from"./${MAIN_FILE}";`,
    `await init({base:import.meta.url,chunks:[${imports.join(',')}],routers:[${routers.map(quote).join(',')}],fetch:${fetch}});`,
    'export{handler};',
    '',
  ].join('\n');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
