/**
 * Suspicions about code, and the smoke requests that disprove them, on real builds.
 */
import * as path from 'path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Routers, Verify } from '../../../lib';
import { newApi, newStack } from '../../support/app';
import { handlerSource, project } from '../../support/project';

const SPELLING = 'import { check } from "spelling"; export const handler = async () => ({ statusCode: 200, body: check() + ';

/** A package that does without its dictionary, and looks for a second one in a chunk of its own. */
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

test('a suspicion is gone when all routers with the code have answered as declared', () => {
  expect(warnings(['users', 'orders'])).toEqual([]);
});

test.each<[string, string[]]>([['one of them', ['users', 'chat']], ['none', ['chat']], ['no router at all', []]])('it stays when %s has answered', (_, asked) => {
  expect(warnings(asked)).toEqual([NOT_IN_ASSET]);
});

test('it stays when the answer needed the network', () => {
  const router = `${SPELLING}await fetch("https://example.com").catch(() => "none") });`;
  expect(warnings(['users', 'orders'], { 'src/routers/orders.ts': router })).toEqual([NOT_IN_ASSET]);
});

test('a package in two chunks is one suspicion, until the routers of both have answered', () => {
  const chat = 'import { slang } from "spelling/slang.js"; export const handler = async () => ({ statusCode: 200, body: String(slang()) });';
  expect(warnings([], { 'src/routers/chat.ts': chat })).toEqual([NOT_IN_ASSET]);
  expect(warnings(['users', 'orders'], { 'src/routers/chat.ts': chat })).toEqual([NOT_IN_ASSET]);
  expect(warnings(['users', 'orders', 'chat'], { 'src/routers/chat.ts': chat })).toEqual([]);
});
