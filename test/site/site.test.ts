import { execFileSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { Server } from 'http';
import { AddressInfo } from 'net';
import * as path from 'path';
import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { serve } from './serve';
import { GUIDES } from '../../docs/site/sidebar';
import { axeViolations, describeInChromium, launchChromium, WCAG } from '../support/chromium';
import { ROOT } from '../support/docs';

const BASE = '/cdk-lazy-api/';
const SITE = path.join(ROOT, 'docs/site/.vitepress/dist');
// A build takes 20 seconds on an idle machine. It fails on a link to a page that does not exist.
beforeAll(() => { execFileSync('npx', ['projen', 'docs'], { cwd: ROOT, stdio: 'pipe', shell: process.platform === 'win32' }); }, 600_000);

describe('the files of the site', () => {
  const files = () => readdirSync(SITE, { recursive: true, encoding: 'utf8' }).map((file) => file.split(path.sep).join('/'));
  const html = (file: string) => readFileSync(path.join(SITE, file), 'utf8');
  const idsOf = (text: string) => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

  test('include a page for README, API.md, each guide and each decision', () => {
    const guides = Object.values(GUIDES).flatMap((pages) => Object.keys(pages)).map((page) => `${page}.html`);
    const decisions = readdirSync(path.join(ROOT, 'docs/adr')).filter((file) => /^\d/.test(file)).map((file) => `decisions/${file.replace('.md', '.html')}`);
    const pages = ['index.html', '404.html', 'get-started.html', 'api.html', 'decisions/index.html', ...guides, ...decisions];
    expect(files().filter((file) => file.endsWith('.html')).sort()).toEqual(pages.sort());
  });

  test('contain no links to missing headings, and no duplicate ids', () => {
    const pages = files().filter((file) => file.endsWith('.html') && file !== '404.html');
    const addressOf = (file: string) => BASE + file.replace(/\.html$/, '').replace(/(^|\/)index$/, '$1');
    const ids = new Map(pages.map((file) => [addressOf(file), idsOf(html(file))]));
    const broken = pages.flatMap((file) => [...html(file).matchAll(/ href="([^"#]*)#([^"]+)"/g)]
      .filter(([, page, id]) => ids.get(page || addressOf(file))?.includes(decodeURIComponent(id)) === false)
      .map(([link]) => `${file}:${link}`));
    expect(broken).toEqual([]);
    expect([...ids].filter(([, all]) => new Set(all).size < all.length).map(([page]) => page)).toEqual([]);
  });

  test('each have a title and a description', () => {
    const described = /<title>[^<]{5,}<\/title>[^]*<meta name="description" content="[^"]{20,}">/;
    expect(files().filter((file) => file.endsWith('.html') && file !== '404.html' && !described.test(html(file)))).toEqual([]);
  });

  test('load nothing from another server', () => {
    const foreign = / src(?:set)?="(?:https?:)?\/\/[^"]*"|<link [^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="(?:https?:)?\/\/[^"]*"|(?:url\(|@import ?)["']?(?:https?:)?\/\/[^)]*/g;
    expect(files().filter((file) => /\.(?:html|css)$/.test(file)).flatMap((file) => [...html(file).matchAll(foreign)].map(([found]) => `${file}:${found}`))).toEqual([]);
  });
});

describeInChromium('the site, in Chromium,', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await serve(SITE, BASE);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });
  afterEach(async () => {
    await page.context().close();
    expect(problems).toEqual([]);
  });

  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function open(name: string, options: BrowserContextOptions = {}) {
    page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
    page.on('request', (request) => { if (!/^data:/.test(request.url()) && !request.url().startsWith(origin() + BASE)) problems.push(request.url()); });
    await page.goto(`${origin()}${BASE}${name}`, { waitUntil: 'networkidle' });
  }

  const PAGES = [['', 'cdk-lazy-api'], ['how-it-works', 'How it works'], ['api', 'API Reference']];

  describe.each(PAGES)('the page /%s', (name, title) => {
    test.each(['light', 'dark'] as const)('has its title, and no violation of WCAG 2 A or AA, in %s mode', async (colorScheme) => {
      await open(name, { colorScheme });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      const [red] = /\d+/.exec(await page.evaluate('getComputedStyle(document.body).backgroundColor')) ?? [];
      expect(Number(red) < 128).toBe(colorScheme === 'dark');
      expect(await axeViolations(page, WCAG)).toEqual([]);
    });

    test('fits a phone', async () => {
      await open(name, { viewport: { width: 360, height: 740 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    });
  });

  test('the sidebar shows every group, and the guides in it', async () => {
    await open('how-it-works', { viewport: { width: 1440, height: 900 } });
    const sidebar = page.getByRole('navigation', { name: 'Sidebar Navigation' });
    expect(await sidebar.locator('h2').allTextContents()).toEqual(['Introduction', ...Object.keys(GUIDES), 'Reference', 'Decisions']);
    for (const title of Object.values(GUIDES).flatMap((pages) => Object.values(pages))) {
      expect(await sidebar.getByRole('link', { name: title, exact: true }).isVisible()).toBe(true);
    }
  });

  test('search finds a guide by keyboard', async () => {
    await open('');
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox').waitFor();
    await page.keyboard.type('authorize requests');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Authorize requests' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${BASE}authorization`);
  });

  test('the switch for dark mode also switches the diagram', async () => {
    await open('how-it-works', { colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const actor = () => page.evaluate("getComputedStyle(document.querySelector('.diagram rect.actor')).fill");
    await page.locator('.diagram svg').waitFor();
    const light = await actor();
    await page.getByRole('switch', { name: 'Switch to dark theme' }).first().click();
    await page.locator('html.dark').waitFor();
    for (let i = 0; i < 50 && await actor() === light; i++) await page.waitForTimeout(100);
    expect(await actor()).not.toBe(light);
    expect(await page.locator('.diagram svg title').textContent()).toBe('A request from the client to the router');
  });

  test('a link of the API reference leads to its heading', async () => {
    await open('api#cdk-lazy-api.LazyApiFunctionProps');
    const heading = page.getByRole('heading', { level: 3, name: 'LazyApiFunctionProps' });
    const top = await heading.evaluate((element) => element.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(300);
  });
});
