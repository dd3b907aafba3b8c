import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';

/** What is checked to find Node.js. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The working directory. */
  readonly directory: string;
  /** The Node.js that runs this code. */
  readonly running: string;
  /** The names in a directory. Empty if it does not exist. */
  list(directory: string): readonly string[];
  isFile(file: string): boolean;
  /** The output of `node --version`: `v24.1.0`. Undefined if the program does not run. */
  versionOf(node: string): string | undefined;
}

export const THIS_MACHINE: Machine = {
  platform: process.platform,
  environment: process.env,
  home: os.homedir(),
  directory: process.cwd(),
  running: process.execPath,
  list(directory) {
    try {
      return fs.readdirSync(directory);
    } catch {
      return [];
    }
  },
  isFile: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  versionOf(node) {
    const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000, shell: false });
    return status === 0 ? stdout.trim() : undefined;
  },
};
