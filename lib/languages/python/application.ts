import * as fs from 'fs';
import * as path from 'path';
import { PythonDeclaration, PythonRouters } from './routers';
import { isIdentifier, parseTarget, toIdentifier } from './target';
import { LazyApiError } from '../../private/errors';
import { RouterDeclaration } from '../../routers/declaration';
import { oddity, pathKind } from '../../routers/path-kind';
import { checkedProjectRoot, findProjectRoot } from '../../routers/project-root';
import { ResolvedRouter, resolveRouters } from '../../routers/resolve-routers';

/** What the user declares of an application in Python. */
export interface PythonApplication {
  readonly entry: string;
  /** `main:app` */
  readonly app?: string;
  readonly routers: PythonRouters;
  readonly exclude?: readonly string[];
  readonly excludePackages?: readonly string[];
  readonly projectRoot?: string;
}

/** A router with everything that the build needs. */
export interface PythonRouter extends ResolvedRouter {
  /** `api.v1.providers:router` */
  readonly target: string;
  /** The file of its module in the asset. */
  readonly file: string;
}

export interface ResolvedApplication {
  /** The absolute path of the directory that Python imports from. */
  readonly directory: string;
  readonly projectRoot: string;
  /** The directory, relative to the project root, with `/`. Empty for the root itself. */
  readonly entryDirectory: string;
  /** As declared, sorted by prefix. With an application, it is the router at `/`. */
  readonly routers: readonly PythonRouter[];
  readonly declarations: readonly RouterDeclaration[];
}

/** A lock file marks the root of a project; without one, what declares a project. */
const ROOT_MARKERS = [
  ['uv.lock', 'poetry.lock', 'Pipfile.lock', 'requirements.txt'],
  ['pyproject.toml', 'setup.py', 'setup.cfg', 'Pipfile'],
  ['.git'],
];

/** The prefix of the application, which serves what no router has. */
export const APP_PREFIX = '/';

interface Located extends RouterDeclaration {
  readonly target: string;
}

/** Checks the application and its routers against each other and the disk. */
export function resolveApplication({ entry, app, routers: { _pythonRouters: declared }, ...rest }: PythonApplication): ResolvedApplication {
  const directory = entryDirectoryOf(entry);
  const projectRoot = projectRootOf(directory, rest.projectRoot);
  if (app !== undefined) declared.forEach(checkRouterOfApp);
  const located = declared.map((declaration) => locate(declaration, directory));
  const declarations = app === undefined ? located : [...located, locateApp(app, directory)];
  const layout = { projectRoot, projectRootProp: 'projectRoot', endings: ['.py', '/__init__.py'] };
  const ownRouters = resolveRouters(located, layout);
  const shareless = app === undefined ? [] : resolveRouters(declarations, layout).filter(({ prefix }) => prefix === APP_PREFIX);
  // Which cold starts need no router is unknown. They are few: the documentation, and paths that do not exist.
  const applications = shareless.map((router) => ({ ...router, name: freeName('app', ownRouters), share: 0, isApplication: true as const }));
  const routers = [...applications, ...ownRouters];
  const byPrefix = new Map(declarations.map((declaration) => [declaration.prefix, declaration]));
  return {
    directory,
    projectRoot,
    entryDirectory: path.relative(projectRoot, directory).split(path.sep).join('/'),
    declarations,
    routers: routers.map((router) => {
      const { target, entry: file } = byPrefix.get(router.prefix)!;
      return { ...router, target, file: path.relative(directory, fs.realpathSync(file)).split(path.sep).join('/') };
    }),
  };
}

function entryDirectoryOf(entry: string): string {
  const kind = pathKind(path.resolve(entry));
  if (kind === 'a directory') return fs.realpathSync(entry);
  throw new LazyApiError('ENTRY_MISSING', `entry must be an existing directory, the one that Python imports from, got "${entry}"; `
    + `looked for ${path.resolve(entry)}${oddity(kind)}`);
}

function projectRootOf(directory: string, given: string | undefined): string {
  if (given === undefined) return findProjectRoot([path.join(directory, 'main.py')], ROOT_MARKERS);
  const root = checkedProjectRoot('projectRoot', given);
  if (!path.relative(root, directory).startsWith('..')) return root;
  throw new LazyApiError('ENTRY_OUTSIDE_PROJECT', `entry must be inside the project, got ${directory}; `
    + `the project root is ${root}, set projectRoot if it should be another`);
}

function checkRouterOfApp({ prefix, label, options }: PythonDeclaration): void {
  if (prefix === APP_PREFIX) {
    throw new LazyApiError('PREFIX_DUPLICATE', `${label} has the prefix "/", but the application itself serves all paths that no router has; `
      + 'include the router in the application, or leave out app');
  }
  if (options.stripPrefix !== undefined) {
    throw new LazyApiError('ROUTERS', `${label}: stripPrefix must be left out, got ${options.stripPrefix}; `
      + 'with app, the application receives the full path and include_lazy_routers says the prefix of the router');
  }
}

function locateApp(app: string, directory: string): Located {
  const label = 'app';
  return { prefix: APP_PREFIX, entry: fileOf(app, label, directory), typed: app, name: 'app', label, options: {}, target: app };
}

function locate({ source, ...declaration }: PythonDeclaration, directory: string): Located {
  if (typeof source === 'string') {
    return { ...declaration, entry: fileOf(source, declaration.label, directory), typed: source, target: source };
  }
  const module = moduleOf(source.file, declaration.label, directory);
  return { ...declaration, entry: source.file, typed: source.file, target: `${module}:${source.attribute}` };
}

/** The file of a module, in the order in which Python looks for it. */
function fileOf(target: string, label: string, directory: string): string {
  const { module } = parseTarget(target);
  const found = findModule(module, directory);
  if (found !== undefined) return found;
  // `main.py`, and `src.api.users` where entry is `src`.
  const names = module.replace(/\.py$/, '').split('.');
  const shorter = names.map((_, i) => names.slice(i).join('.')).find((name) => findModule(name, directory) !== undefined);
  const hint = shorter === undefined ? '' : `; did you mean "${target.replace(module, shorter)}"?`;
  throw new LazyApiError('ENTRY_MISSING', `${label} must name a module in entry, got "${target}"; `
    + `looked for ${path.join(directory, ...module.split('.'))}.py${hint}`);
}

function findModule(module: string, directory: string): string | undefined {
  const stem = path.join(directory, ...module.split('.'));
  return [path.join(stem, '__init__.py'), `${stem}.py`].find((file) => pathKind(file) === 'a file');
}

function moduleOf(file: string, label: string, directory: string): string {
  const relative = path.relative(directory, fs.realpathSync(file));
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new LazyApiError('ENTRY_OUTSIDE_PROJECT', `${label}: the router must be inside entry, got ${file}; entry is ${directory}, `
      + 'the directory that Python imports from');
  }
  const parts = relative.replace(/(\/__init__)?\.py$/, '').split(path.sep);
  const odd = parts.find((part) => !isIdentifier(part));
  if (odd === undefined) return parts.join('.');
  throw new LazyApiError('ENTRY_NAME', `${label}: each directory between entry and the router must have a name that Python can import, got "${odd}"; `
    + `rename it to ${toIdentifier(odd)}`);
}

function freeName(name: string, routers: readonly ResolvedRouter[]): string {
  const taken = routers.map((router) => router.name.toLowerCase());
  return taken.includes(name) ? freeName(`${name}-main`, routers) : name;
}
