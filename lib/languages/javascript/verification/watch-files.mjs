// Records the files that code looked for and did not find.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FUNCTIONS = ['readFile', 'open', 'opendir', 'readdir', 'stat', 'lstat', 'access', 'realpath'];

export function watchFiles() {
  const missing = new Set();
  const note = (file, error) => {
    if (error?.code === 'ENOENT' && (typeof file === 'string' || file instanceof URL)) missing.add(resolve(file instanceof URL ? fileURLToPath(file) : file));
  };

  for (const name of FUNCTIONS) {
    const [callback, sync, promise] = [fs[name], fs[`${name}Sync`], fs.promises[name]];
    fs[name] = Object.assign((file, ...rest) => {
      const done = rest.pop();
      return callback.call(fs, file, ...rest, typeof done !== 'function' ? done : (error, ...results) => {
        note(file, error);
        done(error, ...results);
      });
    }, callback);
    fs[`${name}Sync`] = Object.assign((file, ...rest) => {
      try {
        return sync.call(fs, file, ...rest);
      } catch (error) {
        note(file, error);
        throw error;
      }
    }, sync);
    fs.promises[name] = async (file, ...rest) => {
      try {
        return await promise.call(fs.promises, file, ...rest);
      } catch (error) {
        note(file, error);
        throw error;
      }
    };
  }
  syncBuiltinESMExports();
  return { clear: () => missing.clear(), missing: () => [...missing] };
}
