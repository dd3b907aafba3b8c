import * as fs from 'fs';
import * as path from 'path';
import { Routers } from '../../../../lib/languages/javascript/routers';
import { DLL, elf, MACH_O, MACHINE } from '../../../support/binary';
import { buildOf, javaScript } from '../../../support/code';
import { project } from '../../../support/project';

/** Returns the binaries of an asset. The router imports a package that requires all of its binaries, as packages of napi-rs do. */
function binariesOf(binaries: { readonly [file: string]: Buffer }, architecture: string): string[] {
  const requires = Object.keys(binaries).map((file) => `() => require("./${file}")`);
  const root = project({
    'src/routers/a.ts': 'import fast from "fast"; export const handler = async () => fast;',
    'node_modules/fast/package.json': '{ "name": "fast" }',
    'node_modules/fast/index.js': `module.exports = [${requires.join(', ')}];`,
  });
  for (const [file, bytes] of Object.entries(binaries)) fs.writeFileSync(path.join(root, 'node_modules/fast', file), bytes);
  const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { loader: { '.node': 'copy' } }, undefined, architecture);
  return buildOf(code).built.files.map((file) => file.path).filter((file) => file.startsWith('assets/')).map((file) => file.replace(/-\w+\.node$/, ''));
}

test('of the copied binaries, the asset contains only those that the function can load', () => {
  const binaries = { 'x64.node': elf({ machine: MACHINE.x64 }), 'arm64.node': elf(), 'musl.node': elf({ needed: ['libc.musl-aarch64.so.1'] }), 'mac.node': MACH_O, 'win.node': DLL };
  expect(binariesOf(binaries, 'arm64')).toEqual(['assets/arm64']);
  expect(binariesOf(binaries, 'x86_64')).toEqual(['assets/x64']);
});

test('if no binary of a package runs in the function, synthesis fails and the error says what to do', () => {
  expect(() => binariesOf({ 'fast.node': elf({ machine: MACHINE.x64 }) }, 'arm64')).toThrow(expect.objectContaining({
    code: 'BINARY_FOREIGN',
    message: 'node_modules/fast/fast.node must be for Linux arm64 with glibc, as the function is, got a binary for Linux x64 with glibc; '
      + 'add "fast" to bundling.nodeModules, which installs it for the function',
  }));
});

test('a binary of the project itself must be built for the function', () => {
  const root = project({ 'src/routers/a.ts': 'import fast from "../fast.node"; export const handler = async () => fast;' });
  fs.writeFileSync(path.join(root, 'src/fast.node'), MACH_O);
  const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { loader: { '.node': 'file' } });
  expect(() => buildOf(code)).toThrow('src/fast.node must be for Linux arm64 with glibc, as the function is, got a binary for macOS; build it for the function');
});
