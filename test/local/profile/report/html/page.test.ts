import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, Page } from 'playwright-core';
import { renderPage } from '../../../../../lib/local/profile/report/html/page';
import { axeViolations, describeInChromium, launchChromium } from '../../../../support/chromium';
import { scratch } from '../../../../support/project';
import { COUNTED, GROWN, IMPORTS, MEASURED } from '../sample';

test('the page is one file, and loads nothing from the network', () => {
  const html = renderPage(MEASURED, { imports: IMPORTS });
  expect(html).not.toMatch(/\b(?:src|href)=|https?:|@import|url\(/);
  expect(html).toContain('Content-Security-Policy" content="default-src \'none\';');
});

test('HTML in names is escaped', () => {
  const html = renderPage({ ...MEASURED, construct: '</script><script>alert(1)</script>' }, { imports: IMPORTS });
  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('<b>');
  expect(html).toContain('/api/&lt;b&gt;&amp;');
});

describeInChromium('in Chromium', () => {
  let browser: Browser;
  const said: string[] = [];
  beforeAll(async () => { browser = await launchChromium(); });
  afterAll(async () => { await browser.close(); });

  async function open(report = MEASURED, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const file = path.join(scratch(), 'profile.html');
    fs.writeFileSync(file, renderPage(report, { imports: IMPORTS }));
    const page = await browser.newPage({ colorScheme });
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  afterEach(() => expect(said.splice(0)).toEqual([]));

  test('the length of each bar is proportional to the cold start of its router', async () => {
    const page = await open();
    const [mean, b, a] = await page.locator('main table').first().locator('tbody tr').all();
    expect(await mean.locator('th').textContent()).toBe('mean');
    const widthOf = async (row: typeof a) => (await Promise.all((await row.locator('.bar span').all()).map(async (part) => (await part.boundingBox())?.width ?? 0))).reduce((sum, width) => sum + width, 0);
    expect((await widthOf(a)) / (await widthOf(b))).toBeCloseTo(1.5, 1);
    expect(await a.locator('td').allTextContents()).toEqual(['', '150', '75', '150', '1.3', '300', '80 MB']);
    expect(await page.locator('.verdict').allTextContents()).toEqual(['Lazy loading helps this API at 256 MB.']);
  });

  test('a click on a module shows the imports that lead to it', async () => {
    const page = await open();
    await page.selectOption('#scope', { label: 'shared/x.mjs, 390 KB' });
    expect(await page.locator('[data-scope]:visible').count()).toBe(1);
    await page.locator('.tile:visible', { hasText: 'big: part-0.js' }).click();
    expect(await page.locator('#chain li').allTextContents()).toEqual(['src/a.ts', 'src/util.ts', 'node_modules/big/index.js', 'node_modules/big/lib/part-0.js']);
    expect(await page.locator('[aria-pressed="true"]').count()).toBe(1);
  });

  test('the keyboard reaches every module', async () => {
    const page = await open();
    await page.selectOption('#scope', { label: 'shared/x.mjs, 390 KB' });
    await page.locator('summary:visible').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#chain li').last().textContent()).toBe('node_modules/big/lib/part-0.js');
    expect(await page.locator('[data-scope]:visible .modules button').count()).toBe(60);
  });

  test('the page says that the build adds the modules that no router imports', async () => {
    const page = await open();
    await page.locator('.tile:visible', { hasText: 'cdk-lazy-api/runtime' }).click();
    expect(await page.locator('#chain').textContent()).toBe('No import of a router leads to cdk-lazy-api/runtime. The build adds it.');
  });

  test('without times, the bars show the size of the code', async () => {
    const page = await open(COUNTED);
    expect(await page.locator('main table').count()).toBe(1);
    expect(await page.locator('main thead').textContent()).toBe('RouterCodeKBFilesModules');
  });

  test.each(['light', 'dark'] as const)('the page is accessible in %s mode', async (scheme) => {
    for (const report of [MEASURED, GROWN]) {
      const page = await open(report, scheme);
      for (const details of await page.locator('details').all()) await details.evaluate((element) => element.setAttribute('open', ''));
      expect(await axeViolations(page)).toEqual([]);
      await page.selectOption('#scope', { index: 1 });
      expect(await axeViolations(page)).toEqual([]);
    }
  });
});
