import { ChildProcess, execFileSync, spawn } from 'child_process';
import { createHash } from 'crypto';
import { once } from 'events';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from './project';
import { LockedPackage } from '../../lib/languages/javascript/node-modules/npm/npm-lock';

/** The lock file's entry for a package, and other members of its package.json. */
export type Published = LockedPackage & {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly hasInstallScript?: boolean;
  readonly gypfile?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
};

/** Serves the files of a directory. Synthesis blocks this process during downloads, so the server runs in another process. */
const SERVER = `
const { createReadStream } = require('node:fs');
const { join } = require('node:path');
const server = require('node:http').createServer(({ url }, response) => {
  createReadStream(join(process.argv[1], encodeURIComponent(decodeURIComponent(url.slice(1))))).on('error', () => response.writeHead(404).end()).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** A registry with packages that exist only in the tests. */
export class TestRegistry {
  public static async start(): Promise<TestRegistry> {
    const directory = scratch();
    const server = spawn(process.execPath, ['-e', SERVER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(server.stdout, 'data') as [Buffer];
    return new TestRegistry(directory, `http://127.0.0.1:${String(port).trim()}`, server);
  }

  private readonly versions = new Map<string, object[]>();

  private constructor(private readonly directory: string, public readonly url: string, private readonly server: ChildProcess) {}

  /** Creates the tarball of a package. Returns its entry for npm's lock file. */
  public publish(name: string, files: { readonly [file: string]: string | Uint8Array }, locked: Published = {}, programs: string[] = []): LockedPackage {
    const version = locked.version ?? '1.0.0';
    const { resolved: _, integrity: __, optional: ___, hasInstallScript, ...declared } = locked;
    const manifest = { name, ...declared, version };
    const root = scratch();
    for (const [file, contents] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
      fs.mkdirSync(path.dirname(path.join(root, 'package', file)), { recursive: true });
      fs.writeFileSync(path.join(root, 'package', file), contents);
    }
    for (const file of programs) fs.chmodSync(path.join(root, 'package', file), 0o755);
    const tarball = `${path.basename(root)}.tgz`;
    execFileSync('tar', ['-czf', path.join(this.directory, tarball), '-C', root, 'package']);
    const integrity = `sha512-${createHash('sha512').update(fs.readFileSync(path.join(this.directory, tarball))).digest('base64')}`;
    this.describe(name, { ...manifest, ...hasInstallScript && { hasInstallScript }, dist: { tarball: `${this.url}/${tarball}`, integrity } });
    return { version, resolved: `${this.url}/${tarball}`, integrity, ...locked };
  }

  /** Publishes all versions of a package, for package managers that resolve ranges. */
  private describe(name: string, manifest: { readonly version: string; readonly [key: string]: unknown }): void {
    const manifests = [...this.versions.get(name) ?? [], manifest];
    this.versions.set(name, manifests);
    const versions = Object.fromEntries(manifests.map((one) => [(one as { version: string }).version, one]));
    // Yarn does not install packages that are younger than a day.
    const time = Object.fromEntries(Object.keys(versions).map((version) => [version, '2020-01-01T00:00:00.000Z']));
    const document = { name, versions, time, 'dist-tags': { latest: manifest.version } };
    fs.writeFileSync(path.join(this.directory, encodeURIComponent(name)), JSON.stringify(document));
  }

  public stop(): void {
    this.server.kill();
  }
}
