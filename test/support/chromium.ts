import { existsSync } from 'node:fs';
import * as axe from 'axe-core';
import { Browser, chromium, Page } from 'playwright-core';

/** Where systems have Chromium. */
const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of Chromium. Undefined if there is none. */
export const chromiumPath = PLACES.find((place) => place !== undefined && existsSync(place));

export async function launchChromium(): Promise<Browser> {
  // Root, as which containers run, has no sandbox.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What is wrong with a page by WCAG 2.2, levels A and AA: each rule with the elements. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(LEVELS)} })`) as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`);
}
