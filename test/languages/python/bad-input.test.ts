/** Mistakes, each with the whole error that a user sees at synthesis. */
import * as fs from 'fs';
import * as path from 'path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { appModule, backend, handlerModule, RUNTIME, standIn } from './python-project';
import { LazyPythonApiFunction, LazyPythonApiFunctionProps, PythonRouters } from '../../../lib';
import * as runtimePackage from '../../../lib/languages/python/runtime-files';
import { newStack } from '../../support/app';

const STAND_IN = standIn();

type Files = { readonly [file: string]: string };
type Props = (entry: string) => Partial<LazyPythonApiFunctionProps>;

const NO_PROPS: Props = () => ({});
const APP: Props = () => ({ app: 'main:app' });

/** The error of a construct with these files next to a router that works. The project is `ROOT`. */
function errorOf(files: Files, props: Props): string {
  const entry = fs.realpathSync(backend({ 'api/orders.py': handlerModule('orders'), ...files }));
  try {
    const own = props(entry);
    const routers = own.routers ?? PythonRouters.fromDirectory(path.join(entry, 'api'), { basePath: '/api' });
    new LazyPythonApiFunction(newStack(), 'Api', { entry, runtime: new lambda.Runtime(RUNTIME, lambda.RuntimeFamily.PYTHON), ...own, routers });
  } catch (error) {
    return (error as Error).message.replace(/\nSee https:.*$/, '').split(path.dirname(entry)).join('ROOT');
  }
  return 'it did not fail';
}

/** What verification says of the router `/api/users`. */
function notLoading(lines: readonly string[], advice: string): string {
  return [
    'TestStack/Api: a router does not load from the built asset and would return 500 responses in production',
    ['  router  /api/users (backend/api/users.py)', ...lines].join('\n'), advice,
  ].join('\n\n');
}

const users = (...lines: readonly string[]): Files => ({ 'api/users.py': handlerModule('users', ...lines) });

const EXPORT_ADVICE = 'Name an ASGI application, a WSGI application, or a function handler(event, context), as "module:attribute". '
  + 'PythonRouters.fromDirectory uses the variable "router" of each module unless you set attribute. '
  + 'For the APIRouter of FastAPI, set app, and include the router in the application with include_lazy_routers.';

const notInApp = (error: string, advice: string) => [
  'TestStack/Api: 2 routers do not load from the built asset and would return 500 responses in production',
  `  router  / (backend/main.py)\n  router  /api/orders (backend/api/orders.py)\n  chunk   main.py\n  error   ${error}`, advice,
].join('\n\n');

const CASES: ReadonlyArray<readonly [name: string, files: Files, props: Props, error: string]> = [
  ['a module that is no router', { 'api/users.py': 'router = 1\n' }, NO_PROPS, notLoading([
    '  chunk   api/users.py',
    '  error   router /api/users (api.users:router) cannot be loaded: it is neither an ASGI or WSGI application nor a handler (event, context), got int',
  ], EXPORT_ADVICE)],
  ['a module without the attribute', { 'api/users.py': '' }, NO_PROPS, notLoading([
    '  chunk   api/users.py',
    '  error   router /api/users (api.users:router) cannot be loaded: module "api.users" has no attribute "router"',
  ], EXPORT_ADVICE)],
  ['two files for one prefix', { ...users(), 'api/users/__init__.py': '' }, NO_PROPS,
    'ROOT/backend/api/users/__init__.py and ROOT/backend/api/users.py are both the router "users"; keep one'],
  ['two declarations of one prefix', users(), (entry) => ({
    routers: PythonRouters.combine(PythonRouters.fromDirectory(path.join(entry, 'api')), PythonRouters.fromMap({ '/users': 'api.users:router' })),
  }), 'TestStack/Api: two routers have the prefix "/users"; give each router its own prefix, got ROOT/backend/api/users.py and routers["/users"]'],
  ['an app that is no ASGI application', { 'main.py': 'def app(environ, start_response):\n    return []\n' }, APP, notInApp(
    '"main:app" must be an ASGI application, such as FastAPI(), got an object of the type function',
    'Set app to the module and the variable of the application, such as "main:app".',
  )],
  ['an app with another name', { 'main.py': 'application = None\n' }, APP, notInApp(
    '"main" has no attribute "app"', 'Set app to the module and the variable of the application, such as "main:app".',
  )],
  ['an import cycle', { ...users('import a'), 'a.py': 'from b import x\ny = 1\n', 'b.py': 'from a import y\nx = 1\n' }, NO_PROPS, notLoading([
    '  chunk   b.py',
    '  error   ImportError: cannot import name \'y\' from partially initialized module \'a\' (most likely due to a circular import) (a.py)',
    '          at b.py:1',
    '          import cycle: a.py > b.py > a.py',
  ], 'Two modules import each other. Move what both need to a third module, or import one inside the function that uses it.')],
  ['a router that needs the network', users('import urllib.request', 'urllib.request.urlopen("https://example.com/config")'), NO_PROPS, notLoading([
    '  chunk   api/users.py',
    '  error   URLError: <urlopen error no connection to example.com: there is no network at synthesis>',
    '          at api/users.py:2',
  ], 'Synthesis and INIT must not depend on a network. Connect when the first request needs it.')],
  ['Python 3.10', {}, () => ({ runtime: lambda.Runtime.PYTHON_3_10 }),
    'TestStack/Api: runtime must be Python 3.11 or newer, got python3.10; leave it out for python3.13'],
  ['a file with a dash', { 'api/my-users.py': handlerModule('users') }, NO_PROPS,
    'ROOT/backend/api/my-users.py must have a name that Python can import, got "my-users.py"; rename it to my_users.py, '
    + 'and use PythonRouters.fromMap if the prefix must have another name'],
  ['a directory with a dash', { 'my-api/users.py': handlerModule('users') }, (entry) => ({ routers: PythonRouters.fromDirectory(path.join(entry, 'my-api')) }),
    'TestStack/Api: ROOT/backend/my-api/users.py: each directory between entry and the router must have a name that Python can import, got "my-api"; rename it to my_api'],
  ['a directory without __init__.py', { 'api/users/views.py': '' }, NO_PROPS,
    'ROOT/backend/api/users is a directory without __init__.py, so it cannot be a router; add ROOT/backend/api/users/__init__.py, '
    + 'or rename it to _users if it is not a router'],
  ['a relative import outside of a package', { 'users.py': handlerModule('users', 'from .x import y'), 'x.py': '' }, () => ({ routers: PythonRouters.fromMap({ '/api/users': 'users:router' }) }), notLoading([
    '  chunk   users.py',
    '  error   ImportError: attempted relative import with no known parent package',
    '          at users.py:1',
  ], 'A relative import works only inside a package. Add __init__.py to the directory, or import the module by its full name.').replace('backend/api/users.py', 'backend/users.py')],
  ['an entry outside of the project', {}, (entry) => ({ projectRoot: path.join(entry, 'api') }),
    'TestStack/Api: entry must be inside the project, got ROOT/backend; the project root is ROOT/backend/api, set projectRoot if it should be another'],
  ['a package that is not locked', users('import requests'), NO_PROPS, notLoading([
    '  chunk   api/users.py', '  missing requests', '  error   ModuleNotFoundError: No module named \'requests\'', '          at api/users.py:1',
  ], 'The asset does not contain the package. Add it to the dependencies of the project and update the lock file, or remove it from excludePackages.')],
  ['a file that is read at import', users('TEXT = open("templates/users.html").read()'), NO_PROPS, notLoading([
    '  chunk   api/users.py', '  error   FileNotFoundError: [Errno 2] No such file or directory: \'templates/users.html\'', '          at api/users.py:1',
    '          it reads the file templates/users.html when it is imported',
  ], 'The asset does not contain the file. Put it in the directory that entry names, and open it relative to __file__.')],
  ['a variable that is not set', users('import os', 'TABLE = os.environ["TABLE"]'), NO_PROPS, notLoading([
    '  chunk   api/users.py', '  error   KeyError: \'TABLE\'', '          at api/users.py:2', '          the environment variable TABLE is not set',
  ], 'Set the variable in the environment prop, or for verification only with Verify.atSynth({ environment: { ... } }).')],
  ['pyproject.toml without a lock', { 'pyproject.toml': '[project]\nname = "app"\ndependencies = ["fastapi"]\n' }, NO_PROPS,
    'TestStack/Api: ROOT/backend/pyproject.toml must have a lock file next to it, so that every machine installs the same, got none; run uv lock in ROOT/backend'],
  ['a lock without hashes', { 'requirements.txt': 'fastapi==0.115.0\n' }, NO_PROPS,
    'TestStack/Api: ROOT/backend/requirements.txt must have a hash for each package, so that every machine installs the same, got none for "fastapi==0.115.0"; '
    + 'name what you need in requirements.in, and run uv pip compile --universal --generate-hashes requirements.in -o requirements.txt'],
  ['a package to leave out that is not locked', {}, () => ({ excludePackages: ['boto3'] }),
    'TestStack/Api: excludePackages must name packages of the lock file, as the package index names them, got "boto3"; remove it'],
];

test.each(CASES)('%s', (_, files, props, error) => {
  expect(errorOf(files, props)).toBe(error);
});

test('namespace packages and relative imports in them are no mistakes', () => {
  const files = { 'shared/db/engine.py': 'from . import names\n', 'shared/db/names.py': '', ...users('from shared.db import engine') };
  expect(errorOf(files, NO_PROPS)).toBe('it did not fail');
});

test('the application must include what the construct declares', () => {
  // The stand-in knows the inclusions, and the package of this library needs FastAPI for them.
  jest.spyOn(runtimePackage, 'runtimeFiles').mockReturnValueOnce(STAND_IN);
  expect(errorOf({ 'main.py': appModule({ '/api/users': 'api.orders:router' }) }, APP)).toContain(
    '  error   the construct declares /api/orders, which the application does not include lazily; the application includes /api/users (api.orders:router), which the construct does not declare\n\n'
    + 'Declare the same routers in the routers prop, with PythonRouters, and in the application, with include_lazy_routers. '
    + 'An APIRouter that has lazy routers also needs include_lazy_routers.',
  );
});
