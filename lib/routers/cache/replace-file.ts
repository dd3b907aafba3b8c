import * as fs from 'fs';
import * as path from 'path';

/** Replaces a file atomically, because another synthesis may read it at the same time. */
export function replaceFile(file: string, contents: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.${process.pid}`, contents);
  fs.renameSync(`${file}.${process.pid}`, file);
}
