import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { BundlingOptions, Verify } from '../../../../lib';
import { mayMissFiles, missingFiles } from '../../../../lib/languages/javascript/missing-files/missing-files';
import { newApi, newStack, routersOf } from '../../../support/app';
import { buildOf, javaScript } from '../../../support/code';
import { handlerSource } from '../../../support/project';

const IN_PROJECT = ['src/views', 'src/views/a.html', 'src/worker.js', 'package.json', 'node_modules/x/font.afm'];

function warningsOf(text: string, inAsset: readonly string[] = [], file = 'node_modules/x/index.js') {
  const origin = file.startsWith('node_modules/') ? 'x' : file;
  return missingFiles([{ file, origin, text, chunk: 'shared/chunk-A.mjs' }], {
    exists: (other) => IN_PROJECT.includes(other),
    inAsset: (other) => inAsset.includes(other),
    resolves: (specifier) => specifier === './template.txt' || specifier === 'installed',
  });
}

test.each<[string, string, RegExp]>([
  ['a binary', 'const binding = require(`./build/x.node`);', /^x \(index\.js\) loads "\.\/build\/x\.node", .*bundling\.nodeModules/],
  ['a loader of binaries', "const binding = require('bindings')('x');", /^x \(index\.js\) loads native code with "bindings", /],
  ['another loader of binaries', 'require("node-gyp-build")(__dirname)', /loads native code with "node-gyp-build"/],
  ['a Prisma engine', 'join(dir, "libquery_engine-linux-arm64-openssl-3.0.x.so.node")', /opens "libquery_engine-linux-arm64.*Prisma|generate the client/],
  ['a Prisma engine in WebAssembly', "readFileSync('./query_compiler_bg.wasm')", /opens "\.\/query_compiler_bg\.wasm".*generate the client/],
  ['a URL', "readFile(new URL('font.afm', import.meta.url))", /opens "font\.afm", which the asset may not contain; .*bundling\.loader/],
  ['a path', "fs.readFileSync(path.join(__dirname, 'font.afm'))", /opens "font\.afm"/],
  ['a resolved file', 'require.resolve("./template.txt")', /looks for "\.\/template\.txt"/],
  ['a resolved package', "require.resolve('installed')", /looks for "installed"/],
])('%s that is not in the asset causes a warning', (_, text, message) => {
  expect(warningsOf(text)).toEqual([{ chunk: 'shared/chunk-A.mjs', id: 'notInAsset-x', text: expect.stringMatching(message) }]);
  expect(mayMissFiles(text.replace('__dirname', '__lazyDirname'))).toBe(true);
});

test.each([
  ['a computed path', 'path.join(__dirname, name)'],
  ['a partly computed path', "path.join(__dirname, 'views', `${name}.html`)"],
  ['a file that does not exist', "path.join(__dirname, 'nowhere.txt')"],
  ['a URL with another scheme', "new URL('https://example.com/font.afm', import.meta.url)"],
  ['a package that is not installed', "require.resolve('optional')"],
  ['a computed name', 'require(`@libsql/${target}`)'],
  ['code without file names', 'export const x = 1;'],
])('%s causes no warning', (_, text) => {
  expect(warningsOf(text)).toEqual([]);
});

test('the warning for code of the project names the file and the joined path', () => {
  const [{ id, text }] = warningsOf("join(__dirname, '..', \"src\", 'views/a.html')", [], 'src/users.ts');
  expect([id, text]).toEqual(['notInAsset-src/users.ts', expect.stringMatching(/^src\/users\.ts opens "\.\.\/src\/views\/a\.html", /)]);
});

test('a file causes no warning if the asset contains it where the chunk expects it', () => {
  expect(warningsOf("join(__dirname, './views')", ['shared/views'], 'src/users.ts')).toEqual([]);
});

test('a package causes at most one warning', () => {
  expect(warningsOf("require('bindings'); require('./a.node'); require('./b.node');")).toHaveLength(1);
});

const NATIVE = {
  'package.json': '{}',
  'node_modules/native/package.json': '{ "main": "lib/index.js" }',
  'node_modules/native/lib/index.js': 'const fs = require("fs"), path = require("path"); exports.read = () => fs.readFileSync(path.join(__dirname, "words.txt"), "utf8");',
  'node_modules/native/lib/words.txt': 'words',
  'src/routers/users.ts': 'import { read } from "native"; export const handler = async () => ({ statusCode: 200, body: read() });',
  'src/routers/orders.ts': handlerSource('orders'),
};

function synthesised(files: Record<string, string>, bundling?: BundlingOptions): string[] {
  const stack = newStack();
  newApi({ routers: routersOf(files), bundling }, stack);
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

test.each([true, false])('synthesis warns of missing files, and does not fail (minify: %p)', (minify) => {
  expect(synthesised(NATIVE, { minify })).toEqual([expect.stringMatching(/^native \(index\.js\) opens "words\.txt", .*\[ack: cdk-lazy-api:notInAsset-native\]$/)]);
});

test('a package that is not in the bundle causes no warning', () => {
  const files = { ...NATIVE, 'src/routers/users.ts': handlerSource('users') };
  expect(synthesised(files)).toEqual([]);
});

test.each<[string, string[]]>([['its name', ['@db/linux-x64']], ['a wildcard', ['@db/*']], ['the start of its name', ['@db/linux-*']]])(
  'verification finds a module that is required by a computed name if %s is in externalModules', (_, externalModules) => {
    const routers = routersOf({
      'package.json': '{}',
      'node_modules/@db/linux-x64/package.json': '{ "main": "index.js" }',
      'node_modules/@db/linux-x64/index.js': 'module.exports = 1;',
      'src/routers/users.ts': 'const target = ["linux", "x64"].join("-"); const db = require(`@db/${target}`); export const handler = async () => db;',
    });
    const { kinds, warnings } = Verify.atSynth()._verify(buildOf(javaScript(routers, { externalModules })), { environment: {}, standIns: [], eventSource: 'HTTP API' });
    expect([[...kinds.values()], warnings]).toEqual([['lambda'], []]);
  },
);
