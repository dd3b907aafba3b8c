import { EndpointTraits } from '../../contract/endpoint';
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

/** The module that router code imports; the bundle gets the library's own copy. */
export const RUNTIME_MODULE = 'cdk-lazy-api/runtime';

/** The module that the generated entry imports. Apart, so that an app whose routers import nothing pays for nothing. */
export const ENTRY_MODULE = `${RUNTIME_MODULE}/entry`;

/** Modules of the runtime that only some apps need, and their files in the package: the generated entry, or what routers import, asks for them. */
export const RUNTIME_EXTRAS: { readonly [module: string]: string } = {
  [`${RUNTIME_MODULE}/report`]: 'report.mjs',
  [`${RUNTIME_MODULE}/verification`]: 'verification.mjs',
  [`${RUNTIME_MODULE}/streaming`]: 'streaming.mjs',
  [`${RUNTIME_MODULE}/rest`]: 'rest.mjs',
  [`${RUNTIME_MODULE}/authorizer`]: 'authorizer.mjs',
  [`${RUNTIME_MODULE}/preflight`]: 'preflight.mjs',
  [`${RUNTIME_MODULE}/direct`]: 'direct.mjs',
};

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

export function renderMain(routes: readonly RouteSource[], { traits, report, preTraffic }: EntryOptions): string {
  const extras = [
    ...report ? [{ module: 'report', name: 'report', option: `report: report(${JSON.stringify(report)})` }] : [],
    ...preTraffic ? [{ module: 'verification', name: 'verifyRouters', option: 'verifyRouters' }] : [],
    ...endpointExtras(traits),
  ];
  const rows = routes.map(({ prefix, entry, stripPrefix }) => [
    `    { prefix: ${quote(prefix)}`,
    `load: () => import(${quote(`./${entry}`)})`,
    ...stripPrefix ? [] : ['stripPrefix: false'],
    ...traits.authorizedPrefixes.includes(prefix) ? ['authorized: true'] : [],
  ].join(', ') + ' },');
  return [
    `import { createLazyApi } from ${quote(ENTRY_MODULE)};`,
    ...extras.map(({ name, module }) => `import { ${name} } from ${quote(`${RUNTIME_MODULE}/${module}`)};`),
    'export const { handler, init, load } = createLazyApi({',
    '  routes: [',
    ...rows,
    '  ],',
    ...Object.keys(traits.greedyRoutes).length > 0 ? [`  greedyRoutes: ${JSON.stringify(traits.greedyRoutes)},`] : [],
    `}${extras.length > 0 ? `, { ${extras.map(({ option }) => option).join(', ')} }` : ''});`,
    '',
  ].join('\n');
}

/** What the runtime is given beside the table. */
interface Extra {
  readonly module: string;
  readonly name: string;
  readonly option: string;
}

function endpointExtras({ authorizedPrefixes, preflight, streaming, binaryBodies, cors }: EndpointTraits): Extra[] {
  return [
    ...preflight ? [{ module: 'preflight', name: 'preflight', option: `preflight: preflight(${JSON.stringify(preflight)})` }] : [],
    ...authorizedPrefixes.length > 0 ? [{ module: 'authorizer', name: 'demandAuthorizer', option: 'demandAuthorizer' }] : [],
    ...streaming ? [{ module: 'streaming', name: 'streaming', option: 'streaming' }] : [],
    ...binaryBodies ? [{ module: 'rest', name: 'decodeTextBody', option: 'prepare: decodeTextBody' }] : [],
    ...cors ? [{ module: 'rest', name: 'addCorsHeaders', option: `finish: addCorsHeaders(${JSON.stringify(cors)})` }] : [],
  ];
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
