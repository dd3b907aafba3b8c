import * as fs from 'fs';

/** Whether its owner may run a file, as git records it. */
export function isExecutable(file: string): boolean {
  return /[1357]..$/.test(fs.statSync(file).mode.toString(8));
}
