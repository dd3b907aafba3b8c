/** The hash of an asset depends on the project alone. */
import * as fs from 'fs';
import * as path from 'path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { appModule, handlerModule, RUNTIME, standIn } from './python-project';
import { ApiEndpoint, LazyPythonApiFunction, PythonRouters } from '../../../lib';
import * as standInFiles from '../../../lib/languages/python/runtime-files';
import { newStack } from '../../support/app';
import { scratch } from '../../support/project';
import { WheelDirectory } from '../../support/wheels';

const RUNTIME_FILES = standIn();
const wheels = new WheelDirectory(scratch());
const LOCK = wheels.lock(
  wheels.publish('orm', { 'orm/__init__.py': 'from orm import models, types\n', 'orm/models.py': 'NAMES = {"a", "b", "c"}\n', 'orm/types.py': 'import csv\n' }),
  wheels.publish('mailer', { 'mailer.py': 'import orm\n' }, { requires: ['orm'] }),
);

const FILES = {
  'requirements.txt': LOCK,
  'backend/main.py': appModule({ '/api/users': 'api.users:router', '/api/orders': 'api.orders:router', '/api/mails': 'api.mails:router' }),
  'backend/api/users.py': handlerModule('users', 'import orm', 'from shared import a'),
  'backend/api/orders.py': handlerModule('orders', 'import orm', 'from shared import b'),
  'backend/api/mails.py': handlerModule('mails', 'import mailer', 'from shared import b, a'),
  'backend/shared/a.py': 'SET = {1, "x", (2, 3)}\n',
  'backend/shared/b.py': 'from shared import a\n',
  'backend/templates/über.html': '<p>',
};

/** Another machine, or another user of it. */
interface Machine {
  readonly umask: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly reversed: boolean;
}

const environment = { ...process.env };
const umask = process.umask();

beforeEach(() => void jest.spyOn(standInFiles, 'runtimeFiles').mockReturnValue(RUNTIME_FILES));

afterEach(() => {
  process.env = { ...environment };
  process.umask(umask);
});

function projectOn({ umask: mask, variables, reversed }: Machine): string {
  process.umask(mask);
  Object.assign(process.env, variables);
  const root = path.join(scratch(), reversed ? 'a much longer name of a directory' : 'app');
  const files = Object.entries(FILES);
  for (const [file, contents] of reversed ? files.reverse() : files) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), contents);
  }
  return root;
}

function hashOf(root: string): string {
  const entry = path.join(root, 'backend');
  const api = new LazyPythonApiFunction(newStack(), 'Api', {
    entry, app: 'main:app', runtime: new lambda.Runtime(RUNTIME, lambda.RuntimeFamily.PYTHON), memorySize: 1769, endpoint: ApiEndpoint.http(),
    routers: PythonRouters.fromDirectory(path.join(entry, 'api'), { basePath: '/api' }),
  });
  return path.basename(api.assetPath!);
}

const HERE: Machine = { umask: 0o022, variables: { TZ: 'UTC', LANG: 'C.UTF-8' }, reversed: false };

test('two machines with other users, directories, time zones, languages, and orders of files give one hash, with and without a cache', () => {
  const here = projectOn(HERE);
  const cold = hashOf(here);
  expect(hashOf(here)).toBe(cold);
  const there = projectOn({ umask: 0o077, variables: { TZ: 'Asia/Kolkata', LANG: 'tr_TR.ISO-8859-9', LC_ALL: 'tr_TR.ISO-8859-9', PYTHONHASHSEED: '7', PYTHONOPTIMIZE: '2' }, reversed: true });
  expect(hashOf(there)).toBe(cold);
  fs.rmSync(path.join(here, '.cdk-lazy-api'), { recursive: true });
  expect(hashOf(here)).toBe(cold);
});

test('a copy of the cache of another machine gives the same hash', () => {
  const here = projectOn(HERE);
  const there = projectOn({ ...HERE, reversed: true });
  const hash = hashOf(here);
  fs.cpSync(path.join(here, '.cdk-lazy-api'), path.join(there, '.cdk-lazy-api'), { recursive: true });
  expect(hashOf(there)).toBe(hash);
});
