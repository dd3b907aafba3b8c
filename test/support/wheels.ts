import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { crc32 } from 'zlib';

/** The contents of an archive or of a directory, by path. */
export type Contents = { readonly [file: string]: string | Buffer };

export interface WheelOptions {
  /** `cp313-cp313-manylinux_2_17_aarch64` */
  readonly tag?: string;
  readonly version?: string;
  /** What it needs, as `Requires-Dist` has it. */
  readonly requires?: readonly string[];
}

/** A directory with wheels, as `--find-links` takes it: no test needs the network. */
export class WheelDirectory {
  constructor(public readonly directory: string) {}

  /** Writes a wheel. Returns its line of a lock file. */
  public publish(name: string, files: Contents, { tag = 'py3-none-any', version = '1.0.0', requires = [] }: WheelOptions = {}): string {
    const info = `${name.replace(/-/g, '_')}-${version}.dist-info`;
    const contents: Contents = {
      ...files,
      [`${info}/METADATA`]: ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...requires.map((one) => `Requires-Dist: ${one}`), '', ''].join('\n'),
      [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    };
    const record = Object.entries(contents).map(([file, content]) => `${file},sha256=${digest(content).toString('base64url')},${Buffer.byteLength(content)}\n`);
    return this.write(name, version, `${name.replace(/-/g, '_')}-${version}-${tag}.whl`, { ...contents, [`${info}/RECORD`]: `${record.join('')}${info}/RECORD,,\n` });
  }

  /** Writes a file that pip would have to build. */
  public publishSource(name: string, version = '1.0.0'): string {
    return this.write(name, version, `${name}-${version}.zip`, { [`${name}-${version}/setup.py`]: 'raise SystemExit("this was built")\n' });
  }

  /** The lines of a lock file, with the option that finds the wheels. */
  public lock(...lines: readonly string[]): string {
    return ['--no-index', `--find-links ${this.directory}`, ...lines, ''].join('\n');
  }

  private write(name: string, version: string, file: string, contents: Contents): string {
    const bytes = zip(contents);
    fs.mkdirSync(this.directory, { recursive: true });
    fs.writeFileSync(path.join(this.directory, file), bytes);
    return `${name}==${version} --hash=sha256:${digest(bytes).toString('hex')}`;
  }
}

function digest(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

/** A zip file without compression: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zip(contents: Contents): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(contents)) {
    const [file, data] = [Buffer.from(name), Buffer.from(content)];
    const common = commonHeader(file, data);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, file, data]);
    const entry = Buffer.alloc(14);
    entry.writeUInt16LE(0o100644, 8);
    entry.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('504b01021403', 'hex'), common, entry, file]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** From the version that is needed to the length of the extra field: both kinds of headers have it. */
function commonHeader(name: Buffer, data: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(0x21, 8);
  header.writeUInt32LE(crc32(data), 10);
  header.writeUInt32LE(data.length, 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}
