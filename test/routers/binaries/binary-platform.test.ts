import * as fs from 'fs';
import * as path from 'path';
import { describePlatform, isBinaryName, platformOf, runsInLambda } from '../../../lib/routers/binaries/binary-platform';
import { DLL, elf, MACH_O, MACHINE } from '../../support/binary';

const MUSL = 'libc.musl-x86_64.so.1';

test.each([
  ['arm64 and glibc', elf(), 'Linux arm64 with glibc', ['arm64']],
  ['x64 and glibc', elf({ machine: MACHINE.x64 }), 'Linux x64 with glibc', ['x64']],
  ['x64 and the musl of Alpine Linux', elf({ machine: MACHINE.x64, needed: ['libstdc++.so.6', MUSL] }), 'Linux x64 with libc.musl-x86_64.so.1', []],
  ['another musl, or Android', elf({ needed: ['libc.so'] }), 'Linux arm64 with libc.so', []],
  ['Linux without a C library', elf({ needed: ['libgcc_s.so.1'] }), 'Linux arm64', ['arm64']],
  ['Linux without libraries', elf({ needed: [] }), 'Linux arm64', ['arm64']],
  ['a 32-bit processor', elf({ machine: 40, is32Bit: true }), 'Linux arm', []],
  ['a big-endian processor', elf({ machine: 22, bigEndian: true }), 'Linux s390x with glibc', []],
  ['an unknown machine', elf({ machine: 4242 }), 'Linux machine 4242 with glibc', []],
  ['macOS', MACH_O, 'macOS', []],
  ['macOS, for two processors', Buffer.from('cafebabe00000002', 'hex'), 'macOS', []],
  ['Windows', DLL, 'Windows', []],
])('platformOf recognizes a binary for %s', (_, bytes, description, runsOn) => {
  const platform = platformOf(bytes)!;
  expect(describePlatform(platform)).toBe(description.replace(/libc\.musl\S*/, 'musl'));
  expect((['x64', 'arm64'] as const).filter((cpu) => runsInLambda(platform, cpu))).toEqual(runsOn);
});

test('a truncated binary is damaged, does not run in Lambda, and does not break synthesis', () => {
  const whole = elf();
  for (let length = 4; length < whole.length - 32; length += 1) {
    const platform = platformOf(whole.subarray(0, length));
    if (platform === 'damaged') expect(runsInLambda(platform, 'arm64')).toBe(false);
  }
  expect(platformOf(whole.subarray(0, 100))).toBe('damaged');
});

test.each(['', 'ELF', 'version https://git-lfs.github.com/spec/v1', '/* GNU ld script */'])('text is not a binary: %j', (text) => {
  expect(platformOf(Buffer.from(text))).toBeUndefined();
});

test.each([
  ['build/Release/sharp.node', true], ['lib/libvips-cpp.so.8.17.3', true], ['x.so', true], ['x.so.d.ts', false], ['node', false], ['also.json', false],
])('%s has the name of native code: %p', (file, expected) => expect(isBinaryName(file)).toBe(expected));

/** Binaries from development dependencies, for the machine that runs the tests. */
const REAL = ['node_modules/@unrs', 'node_modules/@parcel'].flatMap((folder) => {
  const directory = path.join(__dirname, '../../../..', folder);
  return fs.existsSync(directory) ? (fs.readdirSync(directory, { recursive: true }) as string[]).filter(isBinaryName).map((file) => path.join(directory, file)) : [];
});

(process.platform === 'linux' && REAL.length > 0 ? test.each(REAL) : test.skip.each(['no Linux']))('platformOf accepts a real binary: %s', (file) => {
  expect(platformOf(fs.readFileSync(file))).toEqual({ system: 'Linux', cpu: process.arch, libc: /musl/.test(file) ? 'musl' : 'glibc' });
});
