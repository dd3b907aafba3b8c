/**
 * These tests use the real pnpm and Yarn. They install packages for a function from lock files that these package managers wrote themselves.
 */
import * as fs from 'fs';
import * as path from 'path';
import { installedPackages } from '../../../../lib/languages/javascript/node-modules/installed-packages';
import { LambdaCpu } from '../../../../lib/routers/binaries/binary-platform';
import { elf, MACHINE } from '../../../support/binary';
import { installProject, onPath, REAL_PACKAGE_MANAGERS, RealPackageManager } from '../../../support/package-managers';
import { scratch, writeFiles } from '../../../support/project';
import { TestRegistry } from '../../../support/registry';

const environment = { ...process.env };
let registry: TestRegistry;

beforeEach(async () => {
  registry = await TestRegistry.start();
});

afterEach(() => {
  registry.stop();
  process.env = { ...environment };
});

/** Publishes a package with native code in platform packages, an install script, two versions of one dependency, an alias, and peers. */
function publishFast(): void {
  const forPlatform = (name: string, binary: Buffer, cpu: string, libc?: string) => registry.publish(
    name, { 'fast.node': binary }, { os: ['linux'], cpu: [cpu], ...libc && { libc: [libc] } },
  );
  forPlatform('@fast/linux-arm64', elf(), 'arm64', 'glibc');
  forPlatform('@fast/linux-x64', elf({ machine: MACHINE.x64 }), 'x64', 'glibc');
  forPlatform('@fast/linuxmusl-arm64', elf({ needed: ['libc.musl-aarch64.so.1'] }), 'arm64', 'musl');
  registry.publish('helper', { 'index.js': 'one' });
  registry.publish('helper', { 'index.js': 'two' }, { version: '2.0.0' });
  registry.publish('old', { 'index.js': '' }, { dependencies: { helper: '^1.0.0' } });
  for (const name of ['driver', 'compiler', 'unrelated', 'target']) registry.publish(name, { 'index.js': '' });
  registry.publish('fast', { 'index.js': '' }, {
    dependencies: { helper: '^2.0.0', old: '^1.0.0', other: 'npm:target@^1.0.0' },
    optionalDependencies: { '@fast/linux-arm64': '1.0.0', '@fast/linux-x64': '1.0.0', '@fast/linuxmusl-arm64': '1.0.0' },
    peerDependencies: { driver: '*', compiler: '*' },
    peerDependenciesMeta: { driver: { optional: true }, compiler: { optional: true } },
    scripts: { install: 'node -e "require(\'fs\').writeFileSync(\'ran\', \'\')"' },
  });
}

/** Creates a workspace with one project that has the dependencies. */
function workspace(manager: RealPackageManager): string {
  const root = path.join(scratch(), 'app');
  const api = { name: 'api', version: '1.0.0', dependencies: { fast: '^1.0.0', driver: '1.0.0', unrelated: '1.0.0' }, devDependencies: { compiler: '1.0.0' } };
  writeFiles(root, {
    'package.json': JSON.stringify({ name: 'app', private: true, workspaces: ['packages/*'] }),
    'packages/api/package.json': JSON.stringify(api),
    'packages/api/src/routers/a.ts': '',
    ...manager.settings(registry.url),
  });
  Object.assign(process.env, onPath(manager));
  installProject(manager, root);
  return root;
}

function install(root: string, cpu: LambdaCpu = 'arm64') {
  return installedPackages(['fast'], path.join(root, 'packages/api/src/routers'), cpu);
}

const cacheOf = (root: string) => path.join(root, 'node_modules/.cache/cdk-lazy-api');

describe.each(REAL_PACKAGE_MANAGERS)('%s', (_, manager) => {
  test('installs the locked versions of a workspace project for both architectures, and then needs no registry', () => {
    publishFast();
    const root = workspace(manager);
    registry.publish('helper', { 'index.js': 'newer' }, { version: '2.1.0' });
    const [arm64, x64] = (['arm64', 'x64'] as const).map((cpu) => install(root, cpu));
    expect(arm64.map(({ location }) => location).sort()).toEqual([
      'node_modules/@fast/linux-arm64', 'node_modules/driver', 'node_modules/fast', 'node_modules/helper',
      'node_modules/old', 'node_modules/old/node_modules/helper', 'node_modules/other',
    ]);
    const fast = arm64.find(({ location }) => location === 'node_modules/fast')!;
    expect(fast.imports).toEqual(['node_modules/@fast/linux-arm64', 'node_modules/driver', 'node_modules/helper', 'node_modules/old', 'node_modules/other']);
    // The install script did not run.
    expect(fast.files.map((file) => path.basename(file.path)).sort()).toEqual(['index.js', 'package.json']);
    const texts = arm64.filter(({ location }) => location.endsWith('helper')).map(({ location, files }) => [location, fs.readFileSync(files[0].source, 'utf8')]);
    expect(texts.sort()).toEqual([['node_modules/helper', 'two'], ['node_modules/old/node_modules/helper', 'one']]);
    expect(x64.map(({ location }) => location)).toContain('node_modules/@fast/linux-x64');

    registry.stop();
    fs.rmSync(cacheOf(root), { recursive: true });
    expect(install(root)).toHaveLength(arm64.length);
  }, 120_000);

  test('fails if a package does not match the lock file', () => {
    publishFast();
    const root = workspace(manager);
    const lock = path.join(root, manager.lockFile);
    const text = fs.readFileSync(lock, 'utf8');
    const forged = text.replace(/(\n *'?"?helper@(npm:\^)?2[^]*?(?:sha512-|checksum: \w+\/))(.{8})/, (all, before: string) => `${before}AAAAAAAA`.padEnd(all.length, '0'));
    expect(forged).not.toBe(text);
    fs.writeFileSync(lock, forged);
    Object.assign(process.env, onPath(manager));
    expect(() => install(root)).toThrow(/cannot install the packages for Linux arm64\n\n[^]*(integrity|checksum)/i);
    expect(fs.readdirSync(cacheOf(root)).filter((name) => !name.startsWith('project-'))).toEqual([]);
  }, 120_000);
});
