import { ExtraOption, RUNTIME_EXTRAS, runtimeModuleName } from '../../contract/javascript/runtime-modules';
import type { RouterKinds } from '../../contract/router-kind';
import { EntryOptions } from '../../routers/router-code';

/**
 * The generated modules of an asset, as text.
 *
 * `main.mjs` is esbuild's entry: the lazy route table. `index.mjs` is written after the build, when the preload plan is
 * known: it loads the plan in INIT and exports the handler. It imports the plan's chunks dynamically, because a static
 * import of one bad chunk would fail INIT for every router.
 */

export const INDEX_FILE = 'index.mjs';
export const MAIN_FILE = 'main.mjs';

/** The part of the runtime that serves fetch routers. */
export const FETCH_FILE = 'fetch.mjs';
/** The part of the runtime that serves listeners. */
export const LISTENER_FILE = 'listener.mjs';

export interface RouteSource {
  readonly prefix: string;
  /** Relative to the project root. */
  readonly entry: string;
  readonly stripPrefix: boolean;
  /** The module of Express, if the router may export `express.Router()`. */
  readonly express?: string;
}

export interface PreloadSource {
  /** Chunk files, relative to the asset's root. */
  readonly chunks: readonly string[];
  /** By chunk: the chunks to import before it, one after the other. */
  readonly first: ReadonlyMap<string, readonly string[]>;
  /** Prefixes of the routers that are loaded completely. */
  readonly routers: readonly string[];
  /** Whether a router is, or may be, a fetch router. */
  readonly fetch: boolean;
  /** Whether a router is a listener, or the app of a server framework. */
  readonly listener: boolean;
  /** Whether INIT collects the garbage after everything is loaded. */
  readonly collectGarbage: boolean;
}

export function renderMain(routes: readonly RouteSource[], options: EntryOptions): string {
  return renderEntry(routes.map(({ entry }) => `import(${quote(`./${entry}`)})`), routes, options).join('\n');
}

/** The module of an app that loads all routers at once, with the same dispatch. Like the library, it uses `Response` for the first time in INIT. */
export function renderMonolith(routes: readonly RouteSource[], options: EntryOptions, kinds: RouterKinds): string {
  const imports = routes.map(({ entry }, i) => `import * as r${i} from ${quote(`./${entry}`)};`);
  const hasFetch = routes.some(({ prefix }) => (kinds.get(prefix) ?? 'fetch') === 'fetch');
  const firstUse = hasFetch ? ['new Response(new Request("https://localhost").body);'] : [];
  return [...imports, ...renderEntry(routes.map((_, i) => `Promise.resolve(r${i})`), routes, options), ...firstUse].join('\n');
}

/** @param modules expressions for the promises of the routers' modules */
function renderEntry(modules: readonly string[], routes: readonly RouteSource[], { traits, report, preTraffic = false }: EntryOptions): string[] {
  const extras = renderExtras({
    report,
    preTraffic,
    preflight: traits.preflight,
    checkAuthorizer: traits.authorizedPrefixes.length > 0,
    streaming: traits.streaming,
    prepare: traits.binaryBodies,
    finish: traits.cors,
  });
  const rows = routes.map(({ prefix, stripPrefix, express }, i) => [
    `    { prefix: ${quote(prefix)}`,
    `load: () => ${modules[i]}`,
    ...express === undefined ? [] : [`express: () => import(${quote(express)})`],
    ...stripPrefix ? [] : ['stripPrefix: false'],
    ...traits.authorizedPrefixes.includes(prefix) ? ['authorized: true'] : [],
  ].join(', ') + ' },');
  return [
    `import { createLazyApi } from ${quote(runtimeModuleName('entry'))};`,
    ...extras.map(({ statement }) => statement),
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    ...rows,
    '  ],',
    ...Object.keys(traits.greedyRoutes).length > 0 ? [`  greedyRoutes: ${JSON.stringify(traits.greedyRoutes)},`] : [],
    `}${extras.length > 0 ? `, { ${extras.map(({ option }) => option).join(', ')} }` : ''});`,
    '',
  ];
}

/** The options of each extra that the app needs, and whether it needs the extras that have no options. */
type NeededExtras = { readonly [option in ExtraOption]: typeof RUNTIME_EXTRAS[option]['hasOptions'] extends true ? object | undefined : boolean };

interface ExtraSource {
  readonly statement: string;
  readonly option: string;
}

function renderExtras(needed: NeededExtras): ExtraSource[] {
  return (Object.keys(RUNTIME_EXTRAS) as ExtraOption[]).filter((option) => needed[option]).map((option) => {
    const { module, exported, hasOptions } = RUNTIME_EXTRAS[option];
    const value = hasOptions ? `${exported}(${JSON.stringify(needed[option])})` : exported;
    return {
      statement: `import { ${exported} } from ${quote(runtimeModuleName(module))};`,
      option: value === option ? option : `${option}: ${value}`,
    };
  });
}

export function renderIndex({ chunks, first, routers, fetch, listener, collectGarbage }: PreloadSource): string {
  // This part of the runtime loads forty of Node.js's own modules, which would be slower during a request.
  const imports = [...listener ? [LISTENER_FILE] : [], ...chunks].map((chunk) => `()=>${renderImports([...first.get(chunk) ?? [], chunk])}`);
  return [
    `import{handler,init}from"./${MAIN_FILE}";`,
    `await init({base:import.meta.url,chunks:[${imports.join(',')}],routers:[${routers.map(quote).join(',')}],fetch:${fetch}});`,
    ...collectGarbage ? ['globalThis.gc?.();'] : [],
    'export{handler};',
    '',
  ].join('\n');
}

/** Imports files one after the other. */
function renderImports(files: readonly string[]): string {
  const [start, ...later] = files.map((file) => `import(${quote(`./${file}`)})`);
  return [start, ...later.map((next) => `.then(()=>${next})`)].join('');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
