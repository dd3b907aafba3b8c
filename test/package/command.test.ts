import { execFileSync, execSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { NODE, synth } from '../cli/support';
import { pythonProject, synthPython } from '../local/python/support';
import { newApi, newApp, routersOf } from '../support/app';
import { cleanEnvironment, npm, packLibrary } from '../support/packed';
import { scratch, writeFiles } from '../support/project';

/** A project in a path with spaces that has the package and neither aws-cdk-lib nor constructs. */
const folder = path.join(scratch(), 'my api');
let app: string;
let python: string;

beforeAll(() => {
  writeFiles(folder, { 'package.json': '{ "private": true }' });
  npm(['install', packLibrary(), '--legacy-peer-deps', '--omit=optional', '--prefer-offline'], folder);
  const assembly = newApp({ outdir: path.join(folder, 'cdk out') });
  newApi({ routers: routersOf({ 'src/routers/users.ts': 'export const handler = async ({ rawPath }) => ({ statusCode: 200, body: rawPath });' }) }, new Stack(assembly, 'Shop'));
  app = path.relative(folder, synth(assembly));
  python = synthPython(pythonProject().root);
}, 300_000);

const options = () => ({ cwd: folder, env: cleanEnvironment(), encoding: 'utf8' as const, stdio: 'pipe' as const });

test('npx runs the command of the packed library, without aws-cdk-lib', () => {
  expect(fs.existsSync(path.join(folder, 'node_modules/aws-cdk-lib'))).toBe(false);
  expect(execSync('npx --no-install lazy-api --help', options())).toContain('Usage: lazy-api COMMAND');
  expect(execSync(`npx --no-install lazy-api invoke /api/users/7 --app "${app}" --node "${NODE}"`, options())).toBe('/api/users/7');
});

test('a function in Python runs from the packed library', () => {
  expect(execSync(`npx --no-install lazy-api invoke /api/users --app "${python}"`, options())).toBe('hello first');
});

test('the packed library has the files of the page', () => {
  const assets = 'lib/local/page/assets';
  const packed = fs.readdirSync(path.join(folder, 'node_modules/cdk-lazy-api', assets));
  expect(packed).toEqual(fs.readdirSync(path.join(__dirname, '../..', assets)));
  expect(packed).toContain('page.mjs');
});

test.each(['routes', 'verify'])('%s works from the packed library', (command) => {
  const bin = path.join(folder, 'node_modules/cdk-lazy-api/bin/lazy-api');
  expect(execFileSync(process.execPath, [bin, command, '--app', app], options())).toContain(command === 'routes' ? 'ANY     /api/users ' : 'ok Shop/Api: 1 of 1 router loaded');
});
