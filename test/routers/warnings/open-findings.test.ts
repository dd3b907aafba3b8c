/**
 * These tests use real builds. The library warns about code that might fail, and smoke requests can prove that it works.
 */
import * as path from 'path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Routers, Verify } from '../../../lib';
import { newApi, newStack } from '../../support/app';
import { handlerSource, project } from '../../support/project';

const SPELLING = 'import { check } from "spelling"; export const handler = async () => ({ statusCode: 200, body: check() + ';

/** A package that works without its dictionary. Another of its modules, in a separate chunk, also looks for the dictionary. */
const FILES = {
  'node_modules/spelling/package.json': '{ "main": "index.js" }',
  'node_modules/spelling/index.js': 'const fs = require("fs"), path = require("path"); exports.check = () => fs.existsSync(path.join(__dirname, "words.txt"));',
  'node_modules/spelling/words.txt': 'words',
  'node_modules/spelling/slang.js': 'const fs = require("fs"), path = require("path"); exports.slang = () => fs.existsSync(path.join(__dirname, "words.txt"));',
  'src/routers/users.ts': `${SPELLING}"users" });`,
  'src/routers/orders.ts': `${SPELLING}"orders" });`,
  'src/routers/chat.ts': handlerSource('chat'),
};

function warnings(requests: readonly string[], files: Record<string, string> = {}): string[] {
  const root = project({ ...FILES, ...files, 'smoke.json': JSON.stringify(requests.map((name) => ({ request: `GET /api/${name}` }))) });
  const routers = Routers.fromDirectory(path.join(root, 'src/routers'), { basePath: '/api' });
  const stack = newStack();
  newApi({ routers, verify: Verify.atSynth({ requests: path.join(root, 'smoke.json') }) }, stack);
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

const NOT_IN_ASSET = expect.stringMatching(/^spelling .*\[ack: cdk-lazy-api:notInAsset-spelling\]$/);

test('the warning disappears if all routers with the code return the declared responses', () => {
  expect(warnings(['users', 'orders'])).toEqual([]);
});

test.each<[string, string[]]>([['one of them responds', ['users', 'chat']], ['only other routers respond', ['chat']], ['there are no requests', []]])('the warning stays if %s', (_, asked) => {
  expect(warnings(asked)).toEqual([NOT_IN_ASSET]);
});

test('the warning stays if the response needed the network', () => {
  const router = `${SPELLING}await fetch("https://example.com").catch(() => "none") });`;
  expect(warnings(['users', 'orders'], { 'src/routers/orders.ts': router })).toEqual([NOT_IN_ASSET]);
});

test('a package in two chunks has one warning, until the routers of both chunks respond', () => {
  const chat = 'import { slang } from "spelling/slang.js"; export const handler = async () => ({ statusCode: 200, body: String(slang()) });';
  expect(warnings([], { 'src/routers/chat.ts': chat })).toEqual([NOT_IN_ASSET]);
  expect(warnings(['users', 'orders'], { 'src/routers/chat.ts': chat })).toEqual([NOT_IN_ASSET]);
  expect(warnings(['users', 'orders', 'chat'], { 'src/routers/chat.ts': chat })).toEqual([]);
});
