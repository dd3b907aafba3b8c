import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Dev, startDev, synthesizedApi } from './support';
import { SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { axeViolations, describeInChromium, launchChromium } from '../../support/chromium';

describeInChromium('the page at /_lazy, in Chromium,', () => {
  let api: SynthesizedApi;
  let browser: Browser;
  let dev: Dev;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    api = synthesizedApi();
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => { dev = await startDev(api); });
  afterEach(async () => {
    await page.context().close();
    await dev.close();
    expect(problems).toEqual([]);
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    // The browser itself logs an error for each failed request of the tester.
    page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('the server responded with a status of')) problems.push(message.text()); });
    await page.goto(`${dev.url}/_lazy`);
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  const routerRow = (prefix: string) => page.locator('#routers tbody tr', { has: page.getByRole('rowheader', { name: prefix, exact: true }) });
  const cell = (prefix: string, column: number) => routerRow(prefix).locator('td').nth(column);
  const requestRows = () => page.locator('#requests tbody tr');
  const violations = () => axeViolations(page);
  const hasText = (locator: ReturnType<Page['locator']>, text: string | RegExp) => locator.filter({ hasText: text }).waitFor();

  test('shows the API, its routers, what INIT loads and why, and what differs from Lambda', async () => {
    await open();
    expect(await page.title()).toBe('Shop/Api – lazy-api dev');
    expect(await page.locator('#about').textContent()).toMatch(new RegExp(`^HTTP API at ${dev.url}, function Api`));
    expect(await page.locator('#routers tbody th').allTextContents()).toEqual(['/api/fails', '/api/orders', '/api/users']);
    expect(await cell('/api/users', 0).textContent()).toBe('lazy');
    expect(await cell('/api/users', 2).textContent()).toMatch(/^\d+ B$/);
    expect(await cell('/api/users', 3).textContent()).toMatch(/^\d+\.\d kB$/);
    const first = page.locator('#decisions tbody tr').first();
    expect(await first.textContent()).toMatch(/src\/db\.ts.*in INIT.*kB.*3 of 3 routers/);
    expect(await page.locator('#policy').textContent()).toMatch(/^Policy: memory aware at \d+ MB\. INIT loads [\d.]+ kB of code\.$/);
    expect(await page.locator('#notes').textContent()).toBe('only deployment knows the value of TABLE');
  });

  test('shows the response to a request that is sent by keyboard alone, and its router changes from lazy to loaded', async () => {
    await open();
    const tabTo = async (id: string) => {
      for (let i = 0; i < 40 && await page.evaluate('document.activeElement.id') !== id; i++) await page.keyboard.press('Tab');
    };
    await tabTo('method');
    await page.keyboard.type('POST');
    await tabTo('path');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('/api/users/7?x=1');
    await tabTo('headers');
    await page.keyboard.type('x-tenant: 7\ncontent-type: text/plain');
    await tabTo('body');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+Enter');
    await hasText(page.locator('#answer-status'), '200 OK');
    await hasText(page.locator('#answer-facts'), /^Router\/api\/usersStartcoldINIT[\d.]+ msLoad[\d.]+ msTotal[\d.]+ msNoteIAM authorization is skipped$/);
    const answered = JSON.parse(await page.locator('#answer-body').textContent() ?? '') as { readonly headers: object };
    expect(answered).toMatchObject({ method: 'POST', path: '/api/users/7', body: 'Ada', headers: { 'x-tenant': '7' } });
    expect(Object.keys(answered.headers)).not.toContain('x-lazy-tester');
    expect(await page.locator('#answer-headers').textContent()).toContain('x-rows: 200');
    await hasText(cell('/api/users', 0), 'loaded');
    expect(await cell('/api/orders', 0).textContent()).toBe('lazy');
  });

  test('sends a request on Enter in the path field, which the button of a router fills in', async () => {
    await open();
    await page.getByRole('button', { name: 'Try /api/users' }).press('Enter');
    expect(await page.locator('#path').inputValue()).toBe('/api/users');
    await page.keyboard.press('Enter');
    await hasText(page.locator('#answer-status'), '200 OK');
  });

  test('shows redirects, rejects invalid headers, and shows HTML as text', async () => {
    await open();
    const path = page.getByLabel('Path');
    await path.fill('/api/users/moved');
    await path.press('Enter');
    await hasText(page.locator('#answer-status'), 'A redirect');
    await hasText(page.locator('#answer-facts'), 'Status302');
    await page.getByLabel('Headers, one per line').fill('nonsense');
    await path.press('Enter');
    await hasText(page.locator('#answer-status'), 'Not sent: a header must be "name: value", got "nonsense"');
    await page.getByLabel('Headers, one per line').fill('');
    await path.fill('/api/orders');
    await path.press('Enter');
    await hasText(page.locator('#answer-body'), '<img src=x onerror="document.title = 1"><script>document.title = 2</script>200');
    expect(await page.locator('#answer-body *').count()).toBe(0);
    expect(await page.title()).toBe('Shop/Api – lazy-api dev');
  });

  test('shows requests of other clients without a reload, and counts errors', async () => {
    await open();
    await fetch(`${dev.url}/api/users?from=outside`);
    await hasText(requestRows(), '/api/users?from=outside');
    await fetch(`${dev.url}/api/fails`);
    await hasText(cell('/api/fails', 6), '1');
    await hasText(cell('/api/fails', 7), '500');
    // A router that throws in its handler is loaded.
    expect(await cell('/api/fails', 0).textContent()).toBe('loaded');
    expect(await page.locator('#total-errors').textContent()).toBe('1');
    expect(await page.locator('#alive').textContent()).toBe('1');
    expect(await page.locator('#cold-starts').textContent()).toBe('1');
    expect(await page.locator('#mean-init').textContent()).toMatch(/^\d+ ms$/);
    await fetch(`${dev.url}/nothing`);
    await hasText(requestRows().first(), '404');
    expect(dev.lines.map(({ path }) => path)).toEqual(['/api/users?from=outside', '/api/fails', '/nothing']);
  });

  test('shows the error of a failed build until it is dismissed or the build succeeds, and shows the next error again', async () => {
    await open();
    const dialog = page.getByRole('dialog', { name: 'The build has failed' });
    dev.build.set({ kind: 'failed', error: 'src/routers/users.ts:1:7: ERROR: <b>Expected</b> ";"' });
    await dialog.waitFor();
    expect(await dialog.locator('pre').textContent()).toBe('src/routers/users.ts:1:7: ERROR: <b>Expected</b> ";"');
    expect(await page.evaluate('document.activeElement.id')).toBe('failure-text');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await fetch(`${dev.url}/nothing`);
    await requestRows().first().waitFor();
    expect(await dialog.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show the error' }).click();
    await dialog.getByRole('button', { name: 'Dismiss' }).click();
    await dialog.waitFor({ state: 'hidden' });
    dev.build.set({ kind: 'building' });
    dev.build.set({ kind: 'failed', error: 'another error' });
    await hasText(dialog, 'another error');
    dev.build.set({ kind: 'building' });
    await page.getByText('Building').waitFor();
    expect(await dialog.isVisible()).toBe(true);
    dev.build.set({ kind: 'built', ms: 42 });
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Built in 42 ms').waitFor();
    expect(await page.getByRole('button', { name: 'Show the error' }).isVisible()).toBe(false);
  });

  test.each(['light', 'dark'] as const)('has no accessibility violations in %s mode', async (colorScheme) => {
    await fetch(`${dev.url}/api/fails`);
    await fetch(`${dev.url}/nothing`);
    await open({ colorScheme });
    const [background] = /\d+/.exec(await page.evaluate('getComputedStyle(document.body).backgroundColor')) ?? [];
    expect(Number(background) < 128).toBe(colorScheme === 'dark');
    await page.getByLabel('Path').fill('/api/users');
    await page.getByLabel('Path').press('Enter');
    await hasText(page.locator('#answer-status'), '200 OK');
    await hasText(page.locator('#answer-facts'), 'Total');
    expect(await violations()).toEqual([]);
    dev.build.set({ kind: 'failed', error: 'src/a.ts: ERROR' });
    await page.getByRole('dialog').waitFor();
    expect(await violations()).toEqual([]);
  });

  test.each([360, 1440])('at a width of %i pixels, does not scroll sideways, and does not move its sections for new requests', async (width) => {
    await open({ viewport: { width, height: 800 } });
    const topOf = (selector: string) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
    const before = [await topOf('#requests-title'), await topOf('#init-title'), await topOf('#tester-title')];
    await fetch(`${dev.url}/api/users/${'long'.repeat(100)}`);
    await requestRows().first().waitFor();
    expect([await topOf('#requests-title'), await topOf('#init-title'), await topOf('#tester-title')]).toEqual(before);
    await page.getByLabel('Path').fill(`/api/users/${'long'.repeat(100)}`);
    await page.getByLabel('Path').press('Enter');
    await hasText(page.locator('#answer-facts'), 'Total');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('says when the connection to the server is lost', async () => {
    await open();
    await dev.close();
    await page.getByText('Not connected').waitFor();
    problems = problems.filter((problem) => !problem.includes('ERR_'));
  });
});
