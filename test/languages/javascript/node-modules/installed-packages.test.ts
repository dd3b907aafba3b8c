import * as fs from 'fs';
import * as path from 'path';
import { installedPackages } from '../../../../lib/languages/javascript/node-modules/installed-packages';
import { LockedPackage } from '../../../../lib/languages/javascript/node-modules/npm/npm-lock';
import { LambdaCpu } from '../../../../lib/routers/binaries/binary-platform';
import { elf, MACH_O, MACHINE } from '../../../support/binary';
import { project, scratch, writeFiles } from '../../../support/project';
import { Published, TestRegistry } from '../../../support/registry';

type Packages = { readonly [location: string]: LockedPackage };

const environment = { ...process.env };
let registry: TestRegistry;

beforeAll(async () => {
  process.env.npm_config_cache = scratch();
  process.env.npm_config_fetch_retries = '0';
  registry = await TestRegistry.start();
});

afterAll(() => registry.stop());

function projectWith(packages: Packages, files: { readonly [file: string]: string } = {}): string {
  return project({ 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }), ...files });
}

function filesOf(root: string, names: readonly string[], cpu: LambdaCpu = 'arm64'): string[] {
  return installedPackages(names, root, cpu).flatMap(({ files }) => files.map((file) => file.path)).sort();
}

/** Returns the installations in the cache, without the projects that it also contains. */
function installationsIn(cache: string): string[] {
  return fs.readdirSync(cache).filter((name) => !name.startsWith('project-'));
}

/** Publishes a package with a separate package for the binary of each platform, as sharp does. */
function withPlatformPackages(): Packages {
  const forPlatform = (name: string, binary: Buffer, cpu: string, libc?: string) => registry.publish(
    name, { 'fast.node': binary }, { optional: true, os: ['linux'], cpu: [cpu], ...libc && { libc: [libc] } },
  );
  return {
    'node_modules/fast': registry.publish('fast', { 'index.js': '1' }, {
      dependencies: { helper: '^1.0.0' }, optionalDependencies: { '@fast/linux-arm64': '1.0.0', '@fast/linux-x64': '1.0.0', '@fast/linuxmusl-arm64': '1.0.0' },
    }),
    'node_modules/helper': registry.publish('helper', { 'index.js': '1' }),
    'node_modules/@fast/linux-arm64': forPlatform('@fast/linux-arm64', elf(), 'arm64', 'glibc'),
    'node_modules/@fast/linux-x64': forPlatform('@fast/linux-x64', elf({ machine: MACHINE.x64 }), 'x64', 'glibc'),
    // npm before version 10.4 does not write libc.
    'node_modules/@fast/linuxmusl-arm64': forPlatform('@fast/linuxmusl-arm64', elf({ needed: ['libc.musl-aarch64.so.1'] }), 'arm64'),
    'node_modules/unrelated': registry.publish('unrelated', { 'index.js': '1' }),
  };
}

describe('the asset contains', () => {
  test.each(['arm64', 'x64'] as const)('the packages for Linux %s with glibc, with their dependencies and nothing else', (cpu) => {
    expect(filesOf(projectWith(withPlatformPackages()), ['fast'], cpu)).toEqual([
      `node_modules/@fast/linux-${cpu}/fast.node`, `node_modules/@fast/linux-${cpu}/package.json`,
      'node_modules/fast/index.js', 'node_modules/fast/package.json',
      'node_modules/helper/index.js', 'node_modules/helper/package.json',
    ]);
  });

  test('only the binaries of a package that run in the function', () => {
    const prebuilds = {
      'prebuilds/linux-arm64/a.glibc.node': elf(), 'prebuilds/linux-arm64/a.musl.node': elf({ needed: ['libc.musl-aarch64.so.1'] }),
      'prebuilds/linux-x64/a.node': elf({ machine: MACHINE.x64 }), 'prebuilds/darwin-arm64/a.node': MACH_O, 'lib/liba.so.8.1': elf(),
    };
    const fast = registry.publish('fast', { ...prebuilds, 'binding.gyp': '{}' }, { hasInstallScript: true });
    expect(filesOf(projectWith({ 'node_modules/fast': fast }), ['fast'])).toEqual([
      'node_modules/fast/binding.gyp', 'node_modules/fast/lib/liba.so.8.1', 'node_modules/fast/package.json', 'node_modules/fast/prebuilds/linux-arm64/a.glibc.node',
    ]);
  });

  test('the locked version of each package, even if a workspace has its own version and ranges do not match', () => {
    const packages = {
      'node_modules/helper': registry.publish('helper', { 'index.js': 'one' }),
      'packages/api/node_modules/fast': registry.publish('fast', { 'index.js': '1' }, { dependencies: { helper: '^7.0.0' } }),
      'packages/api/node_modules/fast/node_modules/helper': registry.publish('helper', { 'index.js': 'two' }, { version: '2.0.0' }),
    };
    const root = projectWith(packages, { 'packages/api/src/a.ts': '' });
    const installed = installedPackages(['fast'], path.join(root, 'packages/api/src'), 'arm64');
    expect(installed.map(({ location, imports }) => [location, imports])).toEqual([
      ['node_modules/fast', ['node_modules/fast/node_modules/helper']], ['node_modules/fast/node_modules/helper', []],
    ]);
    expect(installed.flatMap(({ files }) => files).map(({ source }) => fs.readFileSync(source, 'utf8'))).toContain('two');
  });

  test('programs as executable files', () => {
    const files = { 'bin/fast': '#!/bin/sh\n', 'index.js': '1' };
    const root = projectWith({ 'node_modules/fast': registry.publish('fast', files, {}, ['bin/fast']) });
    const programs = installedPackages(['fast'], root, 'arm64').flatMap((one) => one.files).filter(({ executable }) => executable);
    expect(programs.map((file) => file.path)).toEqual(['node_modules/fast/bin/fast']);
  });

  test('no optional package that has only binaries for other platforms', () => {
    const packages = {
      'node_modules/ws': registry.publish('ws', { 'index.js': '1' }, { optionalDependencies: { bufferutil: '*' } }),
      'node_modules/bufferutil': registry.publish('bufferutil', { 'a.node': MACH_O }, { optional: true }),
    };
    expect(filesOf(projectWith(packages), ['ws'])).toEqual(['node_modules/ws/index.js', 'node_modules/ws/package.json']);
  });
});

describe('installing', () => {
  test('does not run install scripts', () => {
    const script = JSON.stringify({ name: 'fast', version: '1.0.0', scripts: { install: 'node -e "require(\'fs\').writeFileSync(\'ran\', \'\')"' } });
    const fast = registry.publish('fast', { 'package.json': script }, { hasInstallScript: true });
    expect(filesOf(projectWith({ 'node_modules/fast': fast }), ['fast'])).toEqual(['node_modules/fast/package.json']);
  });

  test('happens once for the same packages and architecture, even if other parts of the lock file change', () => {
    const packages = withPlatformPackages();
    const root = projectWith(packages);
    const cache = path.join(root, 'node_modules/.cache/cdk-lazy-api');
    filesOf(root, ['fast']);
    const [made] = installationsIn(cache);
    fs.writeFileSync(path.join(cache, made, 'node_modules/fast/added.js'), 'from the cache');
    writeFiles(root, { 'package-lock.json': JSON.stringify({ packages: { ...packages, 'node_modules/other': packages['node_modules/unrelated'] } }) });
    filesOf(root, ['fast']);
    expect(fs.existsSync(path.join(cache, made, 'node_modules/fast/added.js'))).toBe(true);
    filesOf(root, ['fast'], 'x64');
    expect(installationsIn(cache)).toHaveLength(2);
  });

  describe('happens again if a file of the installation', () => {
    const changes: ReadonlyArray<readonly [string, (file: string) => void]> = [
      ['has different contents with the same size and time', (file) => {
        const { atime, mtime } = fs.statSync(file);
        fs.writeFileSync(file, '2');
        fs.utimesSync(file, atime, mtime);
      }],
      ['is missing', (file) => fs.rmSync(file)],
    ];

    test.each(changes)('%s', (_, change) => {
      const root = projectWith(withPlatformPackages());
      const index = () => installedPackages(['fast'], root, 'arm64').flatMap(({ files }) => files).find((file) => file.path.endsWith('fast/index.js'))!.source;
      change(index());
      expect(fs.readFileSync(index(), 'utf8')).toBe('1');
    });
  });

  test('does not happen again for a copy of the installation, such as a CI cache creates', () => {
    const root = projectWith(withPlatformPackages());
    const cache = path.join(root, 'node_modules/.cache/cdk-lazy-api');
    const before = filesOf(root, ['fast']);
    const copy = scratch();
    fs.cpSync(cache, copy, { recursive: true });
    fs.rmSync(cache, { recursive: true });
    fs.cpSync(copy, cache, { recursive: true });
    process.env.PATH = scratch();
    expect(filesOf(root, ['fast'])).toEqual(before);
    process.env.PATH = environment.PATH;
  });

  test('uses the project\'s registries, and keeps no copy of their credentials', () => {
    const root = projectWith({ 'node_modules/fast': registry.publish('fast', {}) }, { '.npmrc': '//registry.example.com/:_authToken=secret\n' });
    filesOf(root, ['fast']);
    const cache = path.join(root, 'node_modules/.cache/cdk-lazy-api');
    expect((fs.readdirSync(cache, { recursive: true }) as string[]).filter((file) => file.endsWith('.npmrc'))).toEqual([]);
  });

  test('leaves no files behind if npm fails, and the error contains npm\'s output', () => {
    const fast = { ...registry.publish('fast', {}), integrity: `sha512-${Buffer.alloc(64).toString('base64')}` };
    const root = projectWith({ 'node_modules/fast': fast });
    expect(() => filesOf(root, ['fast'])).toThrow(/^bundling\.nodeModules: npm cannot install the packages for Linux arm64\n\n[^]*EINTEGRITY/);
    expect(installationsIn(path.join(root, 'node_modules/.cache/cdk-lazy-api'))).toEqual([]);
  });
});

describe('synthesis fails', () => {
  const registryPackage: Published = { version: '1.0.0', resolved: 'https://registry.npmjs.org/fast/-/fast-1.0.0.tgz', integrity: 'sha512-x' };

  test.each<[string, LockedPackage | undefined, RegExp]>([
    ['is not in the lock file', undefined, /"fast" must be a package of package-lock\.json, got none of this name; run npm install fast$/],
    ['is a workspace', { link: true, resolved: 'packages/fast' }, /"fast" must come from a registry, got a link to packages\/fast; bundle it instead$/],
    ['comes from git', { version: '1.0.0', resolved: 'git+ssh://git@example.com/fast.git#1' }, /must come from a registry, got git\+ssh.*; depend on a published version$/],
    ['has no integrity', { ...registryPackage, integrity: undefined }, /"fast" must have an integrity in package-lock\.json, got none; remove its entry/],
  ])('for a package that %s', (_, locked, message) => {
    const root = projectWith(locked === undefined ? {} : { 'node_modules/fast': locked });
    expect(() => filesOf(root, ['fast'])).toThrow(expect.objectContaining({ code: 'NODE_MODULES', message: expect.stringMatching(message) as string }));
  });

  test('if the project has a different version installed than the lock file names', () => {
    const root = projectWith({ 'node_modules/fast': registryPackage }, { 'node_modules/fast/package.json': '{ "version": "0.9.0" }' });
    expect(() => filesOf(root, ['fast'])).toThrow(/"fast" must be installed as locked, 1\.0\.0, got 0\.9\.0 in .*package\.json; run npm ci$/);
  });

  test('if the root and a workspace need two versions in one place', () => {
    const root = projectWith({
      'packages/api/node_modules/fast': { ...registryPackage, dependencies: { helper: '1', other: '1' } },
      'packages/api/node_modules/helper': registryPackage,
      'node_modules/other': { ...registryPackage, dependencies: { helper: '2' } },
      'node_modules/helper': { ...registryPackage, version: '2.0.0' },
    }, { 'packages/api/a.ts': '' });
    expect(() => filesOf(path.join(root, 'packages/api'), ['fast']))
      .toThrow('"helper" must have one version in one place, got 1.0.0 at packages/api/node_modules/helper and 2.0.0 at node_modules/helper');
  });

  test.each([
    ['bun.lock', '', /must have a lock file of npm, pnpm or Yarn, got .*bun\.lock; create one for npm with npm install --package-lock-only, or add the packages in a layer/],
    ['yarn.lock', '# yarn lockfile v1\n\n\nfast@^1:\n  version "1.0.0"\n', /must be one of Yarn 4 or newer, got .*yarn\.lock of Yarn 1; run yarn set version stable and yarn install$/],
    ['yarn.lock', '__metadata:\n  version: 6\n', /must be one of Yarn 4 or newer, got .*yarn\.lock of version 6; run yarn set version stable/],
    ['yarn.lock', '__metadata:\n  version: 8\n<<<<<<< HEAD\n', /cannot be read: can not read a block mapping entry; .* \(4:1\); run yarn install$/],
    ['pnpm-lock.yaml', "lockfileVersion: '6.0'\n", /must be one of pnpm 9 or newer, got .*pnpm-lock\.yaml of lockfileVersion 6\.0; run pnpm install with pnpm 9 or newer$/],
    ['pnpm-lock.yaml', '<<<<<<< HEAD\n', /cannot be read: unexpected "<<<<<<< HEAD"; run pnpm install$/],
    ['pnpm-lock.yaml', "lockfileVersion: '9.0'\n", /"fast" must be a dependency of the project, got none of this name in pnpm-lock\.yaml; run pnpm add fast$/],
    ['package-lock.json', '{ "lockfileVersion": 1 }', /of lockfileVersion 1; run npm install with npm 7 or newer$/],
    ['package-lock.json', '<<<<<<< HEAD', /which is not JSON: .*; run npm install$/],
  ])('with %s that contains %j', (file, text, message) => {
    const root = scratch();
    writeFiles(root, { [file]: text });
    expect(() => filesOf(root, ['fast'])).toThrow(message);
  });

  test('for a package whose install script would build the binary', () => {
    const manifest = JSON.stringify({ name: 'fast', version: '5.1.0', scripts: { install: 'node-pre-gyp install --fallback-to-build' } });
    const fast = registry.publish('fast', { 'package.json': manifest }, { version: '5.1.0', hasInstallScript: true });
    expect(() => filesOf(projectWith({ 'node_modules/fast': fast }), ['fast'])).toThrow(expect.objectContaining({
      code: 'BINARY_MISSING',
      message: 'bundling.nodeModules: "fast" 5.1.0 must have a binary for Linux arm64 with glibc, got none: its install script would build or download one, but '
        + 'install scripts do not run; use a version or a package with prebuilt binaries, or add it in a layer and list it in bundling.externalModules',
    }));
  });

  test('for a package without a binary for the function', () => {
    const fast = registry.publish('fast', { 'a/x64.node': elf({ machine: MACHINE.x64 }), 'b/mac.node': MACH_O });
    expect(() => filesOf(projectWith({ 'node_modules/fast': fast }), ['fast'])).toThrow(expect.objectContaining({
      code: 'BINARY_FOREIGN',
      message: 'bundling.nodeModules: "fast" must have a binary for Linux arm64 with glibc, as the function is, got node_modules/fast/a/x64.node for '
        + 'Linux x64 with glibc, node_modules/fast/b/mac.node for macOS; use a version that has one, or another architecture',
    }));
  });

  test('if the lock file contains only the packages for the platform of its author', () => {
    const { 'node_modules/@fast/linux-arm64': _, 'node_modules/@fast/linuxmusl-arm64': __, ...packages } = withPlatformPackages();
    expect(() => filesOf(projectWith(packages), ['fast'])).toThrow(/none of its platform packages is installed; if a bug in npm left them out of the lock file/);
  });
});
