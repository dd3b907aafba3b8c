import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const MACOS = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The Chromium of this machine. Undefined if there is none: tests that need it are skipped, unless LAZY_API_REQUIRE_CHROMIUM is set. */
export const chromiumPath = findChromium();

const ADVICE = 'found no Chromium for the tests of pages: install it ("apt-get install chromium", "brew install --cask chromium"), or set CHROMIUM to its path';

/** `describe`, or `describe.skip` without Chromium. */
export const describeInChromium = chromiumPath === undefined ? skip() : describe;

function skip(): typeof describe.skip {
  if (process.env.LAZY_API_REQUIRE_CHROMIUM) throw new Error(ADVICE);
  console.warn(ADVICE);
  return describe.skip;
}

function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [process.env.CHROMIUM, ...onPath, ...MACOS].find((file) => file !== undefined && file !== '' && isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
