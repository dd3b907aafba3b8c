import { ChildProcess, execFileSync, spawn } from 'child_process';
import { createHash } from 'crypto';
import { once } from 'events';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from './project';
import { LockedPackage } from '../../lib/languages/javascript/node-modules/lock-file';

/** Serves the files of a directory and prints each request. Synthesis blocks this process while npm downloads, so the server is another one. */
const SERVER = `
const { createReadStream } = require('node:fs');
const { join, basename } = require('node:path');
const server = require('node:http').createServer(({ url }, response) => {
  createReadStream(join(process.argv[1], basename(url))).on('error', () => response.writeHead(404).end()).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** A registry of packages that only the tests have. */
export class TestRegistry {
  public static async start(): Promise<TestRegistry> {
    const directory = scratch();
    const server = spawn(process.execPath, ['-e', SERVER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(server.stdout, 'data') as [Buffer];
    return new TestRegistry(directory, `http://127.0.0.1:${String(port).trim()}`, server);
  }

  private constructor(private readonly directory: string, private readonly url: string, private readonly server: ChildProcess) {}

  /** Makes the tarball of a package. Returns what a lock file says about it. */
  public publish(name: string, files: { readonly [file: string]: string | Uint8Array }, locked: LockedPackage = {}, programs: string[] = []): LockedPackage {
    const version = locked.version ?? '1.0.0';
    const root = scratch();
    for (const [file, contents] of Object.entries({ 'package.json': JSON.stringify({ name, version }), ...files })) {
      fs.mkdirSync(path.dirname(path.join(root, 'package', file)), { recursive: true });
      fs.writeFileSync(path.join(root, 'package', file), contents);
    }
    for (const file of programs) fs.chmodSync(path.join(root, 'package', file), 0o755);
    const tarball = `${path.basename(root)}.tgz`;
    execFileSync('tar', ['-czf', path.join(this.directory, tarball), '-C', root, 'package']);
    const integrity = `sha512-${createHash('sha512').update(fs.readFileSync(path.join(this.directory, tarball))).digest('base64')}`;
    return { version, resolved: `${this.url}/${tarball}`, integrity, ...locked };
  }

  public stop(): void {
    this.server.kill();
  }
}
