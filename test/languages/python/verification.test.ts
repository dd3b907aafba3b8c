/** Each router is loaded from a copy of the asset alone, by the Python of this machine. */
import * as fs from 'fs';
import * as path from 'path';
import { appModule, backend, built, handlerModule, python, RUNTIME } from './python-project';
import { RouterKinds } from '../../../lib/contract/router-kind';
import { findHostPython } from '../../../lib/languages/python/interpreter/find-host-python';
import { PythonCode } from '../../../lib/languages/python/python-code';
import { PythonRouters } from '../../../lib/languages/python/routers';
import { Verify, VerifyAtSynthOptions } from '../../../lib/routers/verification/verify';
import { scratch, writeFiles } from '../../support/project';

const OTHERS = { 'api/orders.py': handlerModule('orders'), 'shared/__init__.py': '', 'shared/db.py': '' };

function verify(code: PythonCode, options: VerifyAtSynthOptions = {}) {
  return Verify.atSynth(options)._verify(built(code), { environment: {}, standIns: [], eventSource: 'HTTP API' });
}

/** The error for a project whose router users.py has these lines. */
function failureOf(lines: readonly string[], files: Record<string, string> = {}): string {
  return messageOf(() => verify(python(backend({ ...OTHERS, 'api/users.py': handlerModule('users', ...lines), ...files }))));
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it did not fail';
}

/** An error as pydantic raises it, whose text contains values. */
const SETTINGS = [
  'class ValidationError(ValueError):',
  '    def errors(self):',
  '        missing = {"loc": ("DATABASE_URL",), "msg": "Field required", "type": "missing"}',
  '        return [missing, {"loc": ("PORT",), "msg": "Input should be a valid integer", "type": "int_parsing"}]',
  '',
  '    def __str__(self):',
  '        return "input_value: secret"',
  '',
  '',
  'class BaseSettings:',
  '    def __init__(self):',
  '        raise ValidationError()',
  '',
].join('\n');

test('routers that load are reported with their kind', () => {
  const kinds: RouterKinds = verify(python(backend({ ...OTHERS, 'api/users.py': handlerModule('users') }))).kinds;
  expect([...kinds]).toEqual([['/api/orders', 'lambda'], ['/api/users', 'lambda']]);
});

test('an import that starts at another directory names the import that works', () => {
  expect(failureOf(['from src.shared.db import x'])).toBe([
    'a router does not load from the built asset and would return 500 responses in production',
    [
      '  router  /api/users (backend/api/users.py)',
      '  chunk   api/users.py',
      '  missing src',
      '  error   ModuleNotFoundError: No module named \'src\'',
      '          at api/users.py:1',
      '          "src.shared.db" is named from another directory; in the asset, the import that works is "shared.db"',
    ].join('\n'),
    'In Lambda, imports start in the directory that entry names. Import modules from there, or set entry to the directory above.',
  ].join('\n\n'));
});

test.each<[string, readonly string[], Record<string, string>, RegExp]>([
  ['a package that is not in the lock file', ['import some_package'], {}, /missing some_package\n[^]*Add it to the dependencies of the project and update the lock file, or remove it from excludePackages/],
  ['a module of the project that is not there', ['from shared import missing_one', 'import shared.missing'], {}, /cannot import name 'missing_one' from 'shared'/],
  ['a part of a package of the project', ['import shared.missing'], {}, /missing shared\.missing\n[^]*The asset does not contain the module/],
  ['a file that is read at import', ['TEXT = open("templates/users.html").read()'], {}, /it reads the file templates\/users\.html when it is imported\n\nThe asset does not contain the file/],
  ['a missing environment variable', ['import os', 'TABLE = os.environ["TABLE"]'], {}, /KeyError: 'TABLE'\n {10}at api\/users\.py:2\n {10}the environment variable TABLE is not set\n\nSet the variable in the environment prop/],
  [
    'a setting that pydantic-settings reads from the environment', ['from settings import Settings', 'Settings()'],
    { 'settings.py': 'from pydantic_settings import BaseSettings as Settings\n', 'pydantic_settings.py': SETTINGS },
    /ValidationError: DATABASE_URL: Field required\n {10}PORT: Input should be a valid integer\n[^]*settings without an environment variable: DATABASE_URL\n\nSet the variable in/,
  ],
  [
    'a directory that has no files', ['raise RuntimeError("Directory \'static\' does not exist")'], {},
    /it needs the directory static when it is imported\n\nThe asset does not contain the directory, or the directory has no files/,
  ],
  [
    'an import cycle', ['from a import one'], { 'a.py': 'from b import two\none = 1\n', 'b.py': 'from a import one\ntwo = 2\n' },
    /import cycle: a\.py > b\.py > a\.py\n\nTwo modules import each other/,
  ],
  ['the network at import', ['import socket', 'socket.create_connection(("example.com", 443))'], {}, /NetworkRefused: no connection to example\.com[^]*must not depend on a network/],
  ['a relative import beyond the package', ['from ...x import y'], {}, /attempted relative import beyond top-level package[^]*A relative import works only inside a package/],
  [
    'an extension module that is not for this machine', ['import native'], { 'native.cpython-399-riscv64-linux-gnu.so': '' }, /entry must contain only native code for CPython 3\.\d+ on Linux arm64 with glibc 2\.\d+, as the function is, got native\.cpython-399-riscv64-linux-gnu\.so for cpython-399; install its package from the lock file/,
  ],
  ['a syntax error', ['def broken(:'], {}, /SyntaxError: [^]*at api\/users\.py:1\n\nFix the syntax error/],
  ['a module that ends the process', ['import sys', 'sys.exit("no licence")'], {}, /SystemExit: no licence/],
  ['a module that ends the process at once', ['import os', 'os._exit(3)'], {}, /the process ended with exit code 3 while it loaded/],
  ['a module that prints and fails', ['print("hello")', 'raise ValueError("bad")'], { }, /ValueError: bad\n {10}at api\/users\.py:2/],
])('a router that fails is reported alone, with the cause: %s', (_, lines, files, text) => {
  const message = failureOf(lines, files);
  expect(message).toMatch(text);
  expect(message).not.toContain('/api/orders');
  expect(message).not.toContain('secret');
});

test('a router that hangs when it is imported is ended', () => {
  const code = python(backend({ 'api/users.py': handlerModule('users', 'import os, time', 'if os.environ.get("HANGS"):', '    time.sleep(60)') }));
  expect(messageOf(() => verify(code, { environment: { HANGS: 'yes' } }))).toMatch(/it did not load within 10 seconds/);
}, 60_000);

test('an object that is no router is refused with what a router can be', () => {
  const entry = backend({ 'api/users.py': 'class APIRouter:\n    pass\n\n\nrouter = APIRouter()\n' });
  expect(messageOf(() => verify(python(entry)))).toMatch(/it is an object of the type APIRouter[^]*include the router in the application with include_lazy_routers/);
});

test('variables for verification alone are there', () => {
  const entry = backend({ 'api/users.py': handlerModule('users', 'import os', 'os.environ["TABLE"]') });
  expect([...verify(python(entry), { environment: { TABLE: 'users' } }).kinds]).toEqual([['/api/users', 'lambda']]);
});

test('an error in a package names the line of the package', () => {
  const hostDirectory = scratch();
  writeFiles(hostDirectory, { 'big/__init__.py': 'from json import no_such_name\n' });
  const files = [{ path: 'big/__init__.py', source: path.join(hostDirectory, 'big/__init__.py'), bytes: 100_000, digest: 'big' }];
  const installer = { key: () => 'lock', install: () => ({ files, distributions: [], hostDirectory, missingOnHost: [], warnings: [] }) };
  const code = python(backend({ 'api/users.py': handlerModule('users', 'import big') }), { tools: { installer } });
  expect(messageOf(() => verify(code))).toMatch(/cannot import name 'no_such_name'[^]* {10}at api\/users\.py:1\n {10}in the package file big\/__init__\.py:1/);
});

test('nothing of this machine but the standard library can be imported', () => {
  expect(failureOf(['import pip'])).toContain('missing pip');
});

test('namespace packages, packages and relative imports load', () => {
  const entry = backend({
    'api/v1/users/__init__.py': 'from .views import router\n', 'api/v1/users/views.py': handlerModule('users', 'from ..common import x'), 'api/v1/common.py': 'x = 1\n',
  });
  const routers = PythonRouters.fromMap({ '/users': 'api.v1.users:router' });
  expect([...verify(python(entry, { routers })).kinds]).toEqual([['/users', 'lambda']]);
});

describe('with an application', () => {
  const files = { ...OTHERS, 'api/users.py': handlerModule('users') };
  const INCLUDED = { '/api/orders': 'api.orders:router', '/api/users': 'api.users:router' };

  test('the application and its routers load', () => {
    const { kinds } = verify(python(backend({ ...files, 'main.py': appModule(INCLUDED) }), { app: 'main:app' }));
    expect([...kinds].sort()).toEqual([['/', 'asgi'], ['/api/orders', 'asgi'], ['/api/users', 'asgi']]);
  });

  test('the prefixes of construct and application are compared in both directions', () => {
    const main = appModule({ '/api/users': 'api.users:router', '/api/extra': 'api.users:router' });
    expect(messageOf(() => verify(python(backend({ ...files, 'main.py': main }), { app: 'main:app' })))).toMatch(
      /the construct declares \/api\/orders, which the application does not include lazily; the application includes \/api\/extra \(api\.users:router\), which the construct does not declare/,
    );
  });

  test('the targets of construct and application are compared', () => {
    const main = appModule({ '/api/users': 'api.users:router', '/api/orders': 'api.users:router' });
    expect(messageOf(() => verify(python(backend({ ...files, 'main.py': main }), { app: 'main:app' })))).toMatch(
      /error {3}\/api\/orders is api\.orders:router in the construct, but api\.users:router in the application\n/,
    );
  });

  test('an APIRouter that was included with include_router is named', () => {
    const refuse = [
      '', 'class Refused(ValueError):', '    code = "LAZY_APP"', '', '', 'def refuse(name):',
      // Without names, the route would load the router.
      '    from lazy_api import lazy_routers', '    assert [one.names for one in lazy_routers(app)] == [frozenset()]',
      '    raise Refused("write include_lazy_routers(app, api_router)")', '',
    ];
    const main = [appModule({ '/api/users': 'api.users:router' }), ...refuse, 'app.url_path_for = refuse', ''].join('\n');
    expect(messageOf(() => verify(python(backend({ ...files, 'main.py': main }), { app: 'main:app' })))).toMatch(
      /declares \/api\/orders, which the application does not include lazily; write include_lazy_routers\(app, api_router\)\n/,
    );
  });

  test('an application that is no ASGI application is refused', () => {
    const main = 'def app(environ, start_response):\n    return []\n';
    expect(messageOf(() => verify(python(backend({ ...files, 'main.py': main }), { app: 'main:app' })))).toMatch(
      /"main:app" must be an ASGI application, such as FastAPI\(\), got an object of the type function/,
    );
  });

  test('an application with another name is refused with the name', () => {
    const main = 'class Application:\n    def add_route(self):\n        pass\n\n\napi = Application()\n';
    expect(messageOf(() => verify(python(backend({ ...files, 'main.py': main }), { app: 'main:app' })))).toMatch(
      /error {3}"main" has no attribute "app"; did you mean "api"\?\n\nSet app to the module and the variable of the application, such as "main:app"\./,
    );
  });

  test('an application that fails is described once, with all routers', () => {
    const message = messageOf(() => verify(python(backend({ ...files, 'main.py': 'import some_package\n' }), { app: 'main:app' })));
    expect(message).toMatch(/3 routers do not load[^]*router {2}\/ \(backend\/main\.py\)\n {2}router {2}\/api\/orders[^]*\n {2}router {2}\/api\/users/);
    expect(message.match(/missing some_package/g)).toHaveLength(1);
  });
});

test('a package that exists for Lambda but not for this machine leads to a warning', () => {
  const entry = backend({ 'api/users.py': handlerModule('users', 'import lambda_only') });
  const installer = {
    key: () => 'lock',
    install: () => ({
      files: [], distributions: [{ name: 'lambda-only', version: '1.0', files: ['lambda_only/__init__.py'], bytes: 10, requires: [] }],
      hostDirectory: scratch(), missingOnHost: ['Lambda_Only'], warnings: [],
    }),
  };
  expect(verify(python(entry, { tools: { installer } })).warnings).toEqual([
    { id: 'bundling', text: '/api/users could not be verified: the package of "lambda_only" exists for Lambda but not for this machine' },
  ]);
});

test('a package is imported once for all routers that need it, and no other router meets it', () => {
  const entry = backend({
    'api/one.py': handlerModule('one', 'import big'), 'api/two.py': handlerModule('two', 'import big.part'),
    'api/three.py': handlerModule('three', 'import sys', 'assert "big" not in sys.modules'),
  });
  const hostDirectory = scratch();
  const log = path.join(scratch(), 'imports.txt');
  writeFiles(hostDirectory, {
    'big/__init__.py': 'import os\nif "LOG" in os.environ:\n    print("big", file=open(os.environ["LOG"], "a"))\n', 'big/part.py': '',
  });
  const files = ['big/__init__.py', 'big/part.py'].map((file) => ({ path: file, source: path.join(hostDirectory, file), bytes: 100_000, digest: file }));
  const installer = { key: () => 'lock', install: () => ({ files, distributions: [], hostDirectory, missingOnHost: [], warnings: [] }) };
  const { kinds } = verify(python(entry, { tools: { installer } }), { environment: { LOG: log } });
  expect([...kinds.keys()]).toEqual(['/api/one', '/api/three', '/api/two']);
  expect(fs.readFileSync(log, 'utf8')).toBe('big\n');
});

test('a module of the project is imported once for all routers that need it, and no other router meets it', () => {
  const log = path.join(scratch(), 'imports.txt');
  const entry = backend({
    'models.py': 'import os\nif "LOG" in os.environ:\n    print("models", file=open(os.environ["LOG"], "a"))\n',
    'late.py': 'import os\nif "LOG" in os.environ:\n    print("late", file=open(os.environ["LOG"], "a"))\n',
    'api/one.py': handlerModule('one', 'import models', 'import sys', 'assert "late" not in sys.modules'),
    'api/two.py': handlerModule('two', 'import models', 'import late'),
    'api/three.py': handlerModule('three', 'import models', 'import late'),
  });
  expect([...verify(python(entry), { environment: { LOG: log } }).kinds.keys()]).toEqual(['/api/one', '/api/three', '/api/two']);
  expect(fs.readFileSync(log, 'utf8').split('\n').filter((line) => line === 'models')).toHaveLength(1);
});

test('an import cycle fails for the router that enters it at the wrong end, although another router enters it at the other', () => {
  const cycle = { 'a.py': 'import b\none = 1\n', 'b.py': 'from a import one\n' };
  const files = { ...cycle, 'api/early.py': handlerModule('early', 'import b'), 'api/late.py': handlerModule('late', 'import a') };
  const message = messageOf(() => verify(python(backend(files))));
  expect(message).toMatch(/router {2}\/api\/late [^]*import cycle: a\.py > b\.py > a\.py/);
  expect(message).not.toContain('/api/early');
});

test('a module that only works after its router has prepared it loads with all routers', () => {
  const prepared = (name: string) => handlerModule(name, 'import settings', 'settings.ready = True', 'import late');
  const entry = backend({
    'settings.py': 'ready = False\n', 'late.py': 'import settings\n\nif not settings.ready:\n    raise RuntimeError("not ready")\n',
    'api/one.py': prepared('one'), 'api/two.py': prepared('two'), 'main.py': appModule({ '/api/one': 'api.one:router', '/api/two': 'api.two:router' }),
  });
  expect([...verify(python(entry, { app: 'main:app' })).kinds.keys()].sort()).toEqual(['/', '/api/one', '/api/two']);
});

test.each([['two of three'], ['all', 'three']])('a package that %s routers prepare before they import it loads with them', (_, ...third) => {
  const prepared = (name: string) => handlerModule(name, 'import settings', 'settings.ready = True', 'import big');
  const three = third.length > 0 ? prepared('three') : handlerModule('three');
  const entry = backend({ 'settings.py': 'ready = False\n', 'api/one.py': prepared('one'), 'api/two.py': prepared('two'), 'api/three.py': three });
  const hostDirectory = scratch();
  writeFiles(hostDirectory, { 'big.py': 'import settings\n\nif not settings.ready:\n    raise RuntimeError("not ready")\n' });
  const files = [{ path: 'big.py', source: path.join(hostDirectory, 'big.py'), bytes: 100_000, digest: 'big' }];
  const installer = { key: () => 'lock', install: () => ({ files, distributions: [], hostDirectory, missingOnHost: [], warnings: [] }) };
  expect([...verify(python(entry, { tools: { installer } })).kinds.keys()]).toEqual(['/api/one', '/api/three', '/api/two']);
});

test('another Python stands in for the function\'s, with a warning', () => {
  const version = RUNTIME.slice('python'.length);
  const findPython = () => findHostPython(version);
  const code = python(backend(OTHERS), { runtime: 'python3.19', tools: { findPython } });
  expect(built(code).built.warnings).toEqual([expect.stringMatching(`Python 3.19 was not found on this machine, so verification and the preload plan used Python ${version}`)]);
  const newer = python(backend({ 'api/users.py': handlerModule('users', 'def broken(:') }), { runtime: 'python3.19', tools: { findPython } });
  expect(verify(newer).warnings).toEqual([{ id: 'bundling', text: expect.stringContaining('it needs Python 3.19, like the function') }]);
});

describe('smoke requests', () => {
  const answer = (...lines: readonly string[]) => ['def router(event, context):', ...lines.map((line) => `    ${line}`), ''].join('\n');
  const send = (source: string, status: number) => {
    const requests = path.join(scratch(), 'smoke.json');
    writeFiles(path.dirname(requests), { 'smoke.json': JSON.stringify([{ request: 'GET /api/users', status }]) });
    return verify(python(backend({ 'api/users.py': source })), { requests });
  };

  test('are sent to the handler of the asset', () => {
    expect([...send(answer('return {"statusCode": 201, "body": context.aws_request_id}'), 201).proved]).toEqual(['/api/users']);
  });

  test('that get another status name the files that were looked for', () => {
    const source = answer('import os', 'found = True', 'try:', '    open(os.path.join(os.path.dirname(__file__), "t.html"))', 'except OSError:', '    found = False', 'return {"statusCode": 200 if found else 500}');
    expect(messageOf(() => send(source, 200))).toMatch(/status {2}500, expected 200\n {2}missing api\/t\.html/);
  });

  test('that need the network prove nothing', () => {
    const source = answer('import socket', 'try:', '    socket.create_connection(("10.0.0.1", 5432))', 'except OSError:', '    pass', 'return {"statusCode": 503}');
    expect([...send(source, 200).proved]).toEqual([]);
  });
});
