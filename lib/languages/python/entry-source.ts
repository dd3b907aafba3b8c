import { EntryOptions } from '../../routers/router-code';

/**
 * The generated modules of an asset, as text.
 *
 * `lazy_api_main.py` is the lazy route table. `lazy_api_index.py` is written when the preload plan is known: it loads the plan in INIT and exports
 * the handler.
 */

export const INDEX_FILE = 'lazy_api_index.py';
export const MAIN_FILE = 'lazy_api_main.py';

/** The directory of the runtime package in the asset. */
export const RUNTIME_DIRECTORY = 'lazy_api';

export interface RouteSource {
  readonly prefix: string;
  /** `api.v1.providers:router` */
  readonly target: string;
  readonly stripPrefix: boolean;
}

/** @param app the application that includes the routers: `main:app` */
export function renderMain(routes: readonly RouteSource[], app: string | undefined, { traits, report, preTraffic = false }: EntryOptions): string {
  const rows = routes.map(({ prefix, target, stripPrefix }) => {
    const options = { ...stripPrefix ? {} : { strip_prefix: false }, ...traits.authorizedPrefixes.includes(prefix) && { authorized: true } };
    return `    (${toPython(prefix)}, ${toPython(target)}, ${toPython(options)}),`;
  });
  return [
    'from lazy_api.entry import create_lazy_api',
    '',
    'ROUTERS = [',
    ...rows,
    ']',
    `APP = ${toPython(app)}`,
    '',
    'handler, init, load = create_lazy_api(',
    '    routers=ROUTERS,',
    '    app=APP,',
    `    traits=${toPython(traits)},`,
    `    report=${toPython(report)},`,
    `    pre_traffic=${toPython(preTraffic)},`,
    ')',
    '',
  ].join('\n');
}

/** The names of the routes of each router, by prefix. */
export type RouteNames = Readonly<Record<string, readonly string[]>>;

/** What INIT loads, and what it knows about the routers that it does not load. */
export interface InitSource {
  /** The modules to import after the application, in their order. */
  readonly modules: readonly string[];
  /** The prefixes of the routers to load completely. */
  readonly routers: readonly string[];
  /** Whether a router is an ASGI application. INIT then loads what all of them need. */
  readonly asgi: boolean;
  readonly names: RouteNames;
}

export function renderIndex({ modules, routers, asgi, names }: InitSource): string {
  const named = Object.entries(names);
  const list = (name: string, items: readonly string[]) => (items.length === 0
    ? [`    ${name}=[],`]
    : [`    ${name}=[`, ...items.map((item) => `        ${toPython(item)},`), '    ],']);
  return [
    'from lazy_api_main import handler, init',
    '',
    'init(',
    ...list('modules', modules),
    ...list('routers', routers),
    ...asgi ? ['    asgi=True,'] : [],
    ...named.length > 0 ? ['    names={', ...named.map(([prefix, of]) => `        ${toPython(prefix)}: ${toPython(of)},`), '    },'] : [],
    ')',
    '',
  ].join('\n');
}

/** The same index without the names of routes. To find a route by its name, the runtime then loads routers. */
export function withoutNames(index: string): string {
  return index.replace(/^ {4}names=\{\n(?: {8}.*\n)*? {4}\},\n/m, '');
}

/** A value of JSON as a literal of Python. Members that are undefined are left out, as in JSON. */
export function toPython(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`;
  // What JSON escapes in a string, Python reads in the same way.
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${toPython(name)}: ${toPython(member)}`).join(', ')}}`;
}
