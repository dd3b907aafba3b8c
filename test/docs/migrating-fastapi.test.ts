/** The guide is followed step by step, with a real application and its locked packages. Its code blocks are the application. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsManager from 'aws-cdk-lib/aws-secretsmanager';
import * as ts from 'typescript';
import * as lazyApi from '../../lib';
import { codeBlocks, ROOT } from '../support/docs';
import { scratch, writeFiles } from '../support/project';
import { directoryWith, somePython } from '../support/python-tools';

const GUIDE = 'docs/migrating-fastapi.md';
const FIXTURE = path.join(__dirname, 'migrating-fastapi');
const BLOCKS = codeBlocks(GUIDE);

/** By file: the diff of the guide. */
const DIFFS = Object.fromEntries(BLOCKS.filter(({ language }) => language === 'diff').map(({ text }) => [/^ # (\S+)$/m.exec(text)![1], text]));

/** In the order of the guide. */
const STEPS = ['src/main.py', 'src/api/v1/licenses.py', 'src/core/database.py'];

/** What the CDK app of the guide imports. */
const MODULES = { 'aws-cdk-lib': cdk, 'aws-cdk-lib/aws-secretsmanager': secretsManager, 'cdk-lazy-api': lazyApi };

const blockOf = (file: string) => BLOCKS.find((block) => block.file === file)!.text;

/** The lines of one side, without the name of the file. Lines without a mark belong to both sides. */
function side(file: string, mark: '-' | '+'): string {
  const [, ...lines] = DIFFS[file].split('\n');
  return lines.filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark)).map((line) => line.slice(1)).join('\n');
}

const root = path.join(scratch(), 'credentials');

/** Writes the project as it is after some steps of the guide. */
function writeProject(steps: readonly string[]): void {
  fs.cpSync(FIXTURE, root, { recursive: true });
  writeFiles(root, {
    ...Object.fromEntries(STEPS.map((file) => [file, side(file, steps.includes(file) ? '+' : '-')])),
    'src/core/settings.py': blockOf('src/core/settings.py'),
    'smoke.json': BLOCKS.find(({ language }) => language === 'json')!.text,
  });
}

const environment = { ...process.env };
const cwd = process.cwd();
const PATH = [directoryWith('uv'), environment.PATH].join(path.delimiter);
const packages = path.join(scratch(), 'packages');

beforeAll(() => {
  execFileSync('uv', ['sync', '--quiet', '--frozen', '--project', FIXTURE, '--python', somePython().path], { env: { ...environment, PATH, UV_PROJECT_ENVIRONMENT: packages } });
});

afterEach(() => {
  process.chdir(cwd);
  process.env = { ...environment };
});

interface Responses {
  readonly responses: readonly (readonly [path: string, status: number, id: string, body: string])[];
  readonly openapi: object;
}

/** The application works on a developer's machine with both roots, as if it were started in the directory above. */
function responses(through: 'mangum' | 'application'): Responses {
  const variables = {
    PYTHONPATH: [path.join(root, 'src'), root, path.join(ROOT, 'python')].join(path.delimiter),
    PAGE_SIZE: '50',
    LAZY_API_SECRET_DB_CREDENTIALS: '{ "username": "ada" }',
    AWS_DEFAULT_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test',
  };
  const python = path.join(packages, process.platform === 'win32' ? 'Scripts/python' : 'bin/python');
  const output = execFileSync(python, [path.join(root, 'send_requests.py'), through], { cwd: root, env: { PATH, ...variables }, encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

/** Runs the CDK app of the guide in the project. Returns its template. */
function synthesize(app = blockOf('app.ts')): Template {
  process.chdir(root);
  process.env.PATH = PATH;
  const { outputText } = ts.transpileModule(`${app}\nmodule.exports = stack;`, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const compiled = { exports: undefined as unknown };
  new Function('require', 'module', 'exports', outputText)((name: keyof typeof MODULES) => MODULES[name], compiled, {});
  return Template.fromStack(compiled.exports as cdk.Stack);
}

function failureOf(app?: string): string {
  try {
    synthesize(app);
  } catch (error) {
    return (error as Error).message;
  }
  return 'it did not fail';
}

let before: Responses;

beforeAll(() => {
  writeProject([]);
  before = responses('mangum');
});

test('before the migration, Mangum serves the application', () => {
  expect(before.responses.map(([url, status, id]) => [url, status, id])).toEqual([
    ['/api/v1/licenses', 200, '1'], ['/api/v1/licenses/7', 404, '1'], ['/api/v1/licenses/', 307, '1'],
    ['/api/v1/providers/7', 200, '1'], ['/api/v1/providers/x', 422, '1'], ['/api/v1/none', 404, '1'], ['/docs', 200, '1'],
  ]);
});

test.each(STEPS)('after the change of %s, the responses and the OpenAPI schema are the same', (file) => {
  writeProject(STEPS.slice(0, STEPS.indexOf(file) + 1));
  expect(responses('application')).toEqual(before);
});

test('after all steps, synthesis succeeds, and the API has a route for each router', () => {
  writeProject(STEPS);
  const routes = Object.values(synthesize().findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey as string);
  expect(routes).toEqual(expect.arrayContaining(['ANY /api/v1/licenses/{proxy+}', 'ANY /api/v1/providers/{proxy+}', 'ANY /{proxy+}']));
});

test('synthesis finds an import with another root, with the text in the guide, and a secret that is read at import', () => {
  writeProject(['src/main.py']);
  const failure = failureOf();
  expect(failure).toContain(BLOCKS.find(({ text }) => text.includes('No module named'))!.text);
  expect(failure).toMatch(/router {2}\/api\/v1\/providers .*\n.*core\/database\.py\n.*EndpointConnectionError[^]*must not depend on a network/);
});

test('synthesis names a variable that the construct does not have', () => {
  writeProject(STEPS);
  expect(failureOf(blockOf('app.ts').replace(/^ {2}environment: .*\n/m, ''))).toContain('the environment variable PAGE_SIZE is not set');
});

test('without a lock file, synthesis names the command that creates it', () => {
  fs.rmSync(path.join(root, 'uv.lock'));
  expect(failureOf()).toMatch(/run uv lock/);
});

test('each side of a diff is valid Python', () => {
  const program = 'import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)';
  const input = JSON.stringify(STEPS.flatMap((file) => [side(file, '-'), side(file, '+')]));
  execFileSync(somePython().path, ['-c', program], { input, stdio: ['pipe', 'ignore', 'pipe'] });
  expect(Object.keys(DIFFS).sort()).toEqual([...STEPS].sort());
});
