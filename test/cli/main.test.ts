import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { lazyApi, synth } from './support';
import { EXIT_CODES } from '../../lib/cli/exit-codes';
import { newApi, newApp } from '../support/app';
import { codeBlocks, pages, section } from '../support/docs';
import { scratch } from '../support/project';

const COMMANDS = ['dev', 'invoke', 'profile', 'routes', 'verify'];

test('the help names all commands', () => {
  for (const args of [[], ['--help'], ['help']]) {
    const { code, stdout } = lazyApi(args);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  }
});

test.each(COMMANDS)('the help of %s lists its options and an example', (command) => {
  const { code, stdout } = lazyApi([command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(`Usage: lazy-api ${command} `);
  expect(stdout).toMatch(/^ {2}--app DIRECTORY +the output directory of cdk synth/m);
  expect(stdout).toMatch(new RegExp(`^Examples: lazy-api ${command}`, 'm'));
  expect(lazyApi(['help', command]).stdout).toBe(stdout);
});

test.each(['--version', '-v', 'version'])('%s prints the version of the package', (argument) => {
  expect(lazyApi([argument]).stdout).toBe(`${(JSON.parse(fs.readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string }).version}\n`);
});

test.each([
  [['invok'], 'unknown command "invok"; did you mean invoke?\nSee: lazy-api --help'],
  [['deploy'], 'unknown command "deploy"; the commands are dev, invoke, profile, routes, verify\nSee: lazy-api --help'],
  [['invoke', '/x', '--methd', 'GET'], 'unknown option --methd; did you mean --method?\nSee: lazy-api invoke --help'],
  [['invoke', '/x', '--no-json'], 'unknown option --no-json; did you mean --json?\nSee: lazy-api invoke --help'],
  [['invoke', '/x', '-Z', 'GET'], 'unknown option -Z; the options are --method'],
  [['invoke', '/x', '-X'], '-X needs a value: -X METHOD'],
  [['invoke', '/x', '-H', 'x-tenant'], '--header must be "NAME: VALUE", got one without a ":"'],
  [['invoke', '/x', '--method'], '--method needs a value: --method METHOD'],
  [['invoke', '/x', '--method', '--json'], '--method needs a value: --method METHOD; for one that starts with "-": --method=--json'],
  [['invoke', '/x', '--json=yes'], '--json takes no value, got "yes"'],
  [['invoke'], 'invoke needs either PATH or --event FILE'],
  [['invoke', '/x', '/y'], 'unexpected argument "/y"'],
  [['invoke', 'x'], 'PATH must start with "/"'],
  [['invoke', '/x', '--constructor', 'y'], 'unknown option --constructor; did you mean --construct?'],
])('lazy-api rejects %j', (args, expected) => {
  // An assembly exists, so only the command line is wrong.
  const { code, stdout, stderr } = lazyApi(args, { cwd: path.dirname(appOf()) });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`error: ${expected}`);
});

let app: string | undefined;
function appOf(): string {
  if (app === undefined) {
    const assembly = newApp();
    newApi({}, new Stack(assembly, 'Shop'));
    newApi({}, new Stack(new Stage(assembly, 'Prod'), 'Shop'));
    app = synth(assembly);
  }
  return app;
}

test('without an assembly, the error says to run cdk synth', () => {
  expect(lazyApi(['routes'], { cwd: scratch() })).toEqual(expect.objectContaining({
    code: 3, stderr: 'error: "cdk.out" is not a directory that cdk synth has written; run "npx cdk synth" here, or name the directory with --app DIRECTORY\n',
  }));
});

test('an error lists the APIs if there are several, and --stack or --construct chooses one', () => {
  const cwd = path.dirname(appOf());
  const { code, stderr } = lazyApi(['routes'], { cwd });
  expect(code).toBe(3);
  expect(stderr).toBe('error: 2 APIs match; choose one with --stack or --construct:\n  --stack Prod-Shop --construct Prod/Shop/Api\n  --stack Shop --construct Shop/Api\n');
  expect(lazyApi(['routes', '--stack', 'Shop'], { cwd }).code).toBe(0);
  expect(lazyApi(['routes', '--construct', 'Prod/Shop/Api'], { cwd }).code).toBe(0);
  expect(lazyApi(['routes', '--stack', 'Other'], { cwd }).stderr).toContain('no API matches --stack Other; there are:\n');
});

test('output that does not go to a terminal has no colors', () => {
  const plain = lazyApi(['routes', '--stack', 'Shop', '--app', appOf()]);
  expect(plain.stdout + plain.stderr).not.toContain('\u001b');
});

test('the guide lists the exit codes', () => {
  const codes = [...section('docs/local-development.md', 'Scripts').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT_CODES));
});

const shown = pages().flatMap((page) => codeBlocks(page).filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n')))
  .flatMap((line) => { const [, command, rest] = /^npx lazy-api ([a-z]+)(.*?)(?:#.*)?$/.exec(line) ?? []; return command === undefined ? [] : [[command, rest] as const]; });

test('the guides show every command', () => {
  expect([...new Set(shown.map(([command]) => command))].sort()).toEqual(COMMANDS);
});

test.each(COMMANDS)('the guides show no option that %s does not have', (command) => {
  const help = lazyApi([command, '--help']).stdout;
  const options = shown.filter(([name]) => name === command).flatMap(([, rest]) => rest.match(/--[\w-]+/g) ?? []);
  for (const option of options) expect(help).toMatch(new RegExp(`^  (-\\w, )?${option}`, 'm'));
});
