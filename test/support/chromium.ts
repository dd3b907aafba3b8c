import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';
import * as axe from 'axe-core';
import { Browser, chromium, Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const MACOS = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The path of Chromium. If it is undefined, the tests that need it are skipped, unless LAZY_API_REQUIRE_CHROMIUM is set. */
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

export async function launchChromium(): Promise<Browser> {
  // Root has no sandbox, and containers often run as root.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The problems of a page under WCAG 2.2, levels A and AA, and axe's best practices: each rule with its elements. */
export async function axeViolations(page: Page, rules = [...WCAG, 'best-practice']): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(rules)} })`) as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`);
}
