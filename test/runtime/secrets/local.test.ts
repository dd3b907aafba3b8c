import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HUNTER2, runClient } from './support';
import { scratch } from '../../support/project';

const SAID = [expect.objectContaining({ level: 'INFO', code: 'SECRETS_LOCAL' })];

function fileOf(content: string): string {
  const file = path.join(scratch(), 'secrets.json');
  fs.writeFileSync(file, content);
  return file;
}

test('outside of Lambda, values come from variables, which is logged once', async () => {
  const run = await runClient(['getSecret("DB")', 'getSecretString("KEY")', 'getSecretBinary("KEY")', 'getParameter("FLAGS")'], {
    LAZY_API_SECRET_DB: '{"user":"ada"}', LAZY_API_SECRET_KEY: HUNTER2, LAZY_API_PARAMETER_FLAGS: 'on',
  });
  expect(run.outcomes).toEqual([{ value: { user: 'ada' } }, { value: HUNTER2 }, { value: HUNTER2 }, { value: 'on' }]);
  expect(run.logs).toEqual(SAID);
  expect(run.written).not.toContain(HUNTER2);
});

test('outside of Lambda, values can come from a JSON file', async () => {
  const file = fileOf(JSON.stringify({ secrets: { DB: { user: 'ada' }, KEY: HUNTER2 }, parameters: { FLAGS: 'on' } }));
  const run = await runClient(['getSecret("DB")', 'getSecretString("KEY")', 'getParameter("FLAGS")'], { LAZY_API_SECRETS_FILE: file });
  expect(run.outcomes).toEqual([{ value: { user: 'ada' } }, { value: HUNTER2 }, { value: 'on' }]);
  expect(run.logs).toEqual(SAID);
});

test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  ['nothing', {}, /^outside of Lambda, the value of DB comes from the environment variable LAZY_API_SECRET_DB, or from the JSON file that LAZY_API_SECRETS_FILE names; both are missing\. .*Verify\.atSynth/],
  ['a file without the value', { LAZY_API_SECRETS_FILE: fileOf('{}') }, /both are missing/],
  ['a missing file', { LAZY_API_SECRETS_FILE: '/no/such/file' }, /does not exist or is not JSON: ENOENT$/],
  ['a file that is not JSON', { LAZY_API_SECRETS_FILE: fileOf(HUNTER2) }, /does not exist or is not JSON: not JSON$/],
])('with %s, the error explains what to do', async (_, env, message) => {
  const run = await runClient(['getSecret("DB")'], env);
  expect(run.outcomes).toEqual([{ code: 'SECRET_LOCAL', message: expect.stringMatching(message) }]);
  expect(run.written).not.toContain(HUNTER2);
});

test.each(['{ "secrets": {}, "parameters": {} }', '{}', '[]', 'null', '5', '"x"'])('the file %s has no value for a name that every object inherits', async (json) => {
  const run = await runClient(['getSecret("constructor")', 'getSecretString("__proto__")', 'getParameter("toString")'], { LAZY_API_SECRETS_FILE: fileOf(json) });
  expect(run.outcomes).toEqual(Array(3).fill({ code: 'SECRET_LOCAL', message: expect.stringMatching(/both are missing/) }));
});

test.each([
  ['ESM', ['--input-type=module', '-e', 'import { getSecretString } from "cdk-lazy-api/runtime"; console.log(await getSecretString("KEY"));']],
  ['CommonJS', ['-e', 'require("cdk-lazy-api/runtime").getSecretString("KEY").then(console.log);']],
])('unit tests of routers can import the client from the package: %s', (_, args) => {
  const out = execFileSync(process.execPath, args, { encoding: 'utf8', cwd: path.join(__dirname, '../../..'), env: { PATH: process.env.PATH, LAZY_API_SECRET_KEY: HUNTER2 } });
  expect(out.trim().split('\n').pop()).toBe(HUNTER2);
});
