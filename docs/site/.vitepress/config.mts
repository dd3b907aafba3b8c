import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { anchorOf, pageOf } from '../links';
import { GUIDES } from '../sidebar';
import { readAsGitHub, ROOT } from './markdown.mjs';

const REPOSITORY = 'https://github.com/cdk-lazy-api/cdk-lazy-api';
const BASE = '/cdk-lazy-api/';

const guides = Object.entries(GUIDES).map(([text, pages]) => ({
  text,
  items: Object.entries(pages).map(([page, title]) => ({ text: title, link: `/${page}` })),
}));

const decisions = readdirSync(join(ROOT, 'docs/adr')).filter((file) => /^\d/.test(file)).map((file) => ({
  text: /^# (.+)$/m.exec(readFileSync(join(ROOT, 'docs/adr', file), 'utf8'))![1],
  link: `/decisions/${file.replace('.md', '')}`,
}));

export default defineConfig({
  title: 'cdk-lazy-api',
  lang: 'en-US',
  base: BASE,
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: `${BASE}icon.svg` }]],

  srcDir: ROOT,
  srcExclude: ['!(docs|README.md|API.md){,/**}', 'docs/site/!(index.md)'],
  rewrites: (file) => pageOf(file) ?? file,
  vite: {
    // Mermaid's chunks are larger than the default limit.
    build: { chunkSizeWarningLimit: 1000 },
    publicDir: join(ROOT, 'docs/site/public'),
    plugins: [{
      // The pages are outside this folder, so they cannot resolve Vue from there. The server build runs inside this folder.
      name: 'vue-for-the-pages',
      enforce: 'pre',
      resolveId: (id, _importer, { ssr }) => ssr && /^vue(\/|$)/.test(id) ? { id, external: true } : undefined,
    }],
  },

  markdown: {
    // The contrast of both themes meets WCAG 2 AA.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    anchor: { slugify: anchorOf },
    // GitHub shows braces literally.
    attrs: { disable: true },
    config: readAsGitHub,
  },
  transformPageData: ({ filePath, frontmatter }) => ({
    'README.md': { title: 'Get started' },
    'API.md': { frontmatter: { ...frontmatter, editLink: false } },
  })[filePath],

  themeConfig: {
    logo: '/icon.svg',
    nav: [{ text: 'Guides', link: '/get-started' }, { text: 'API reference', link: '/api' }],
    sidebar: [
      { text: 'Introduction', items: [{ text: 'Get started', link: '/get-started' }] },
      ...guides,
      { text: 'Reference', items: [{ text: 'API reference', link: '/api' }] },
      { text: 'Decisions', link: '/decisions/', collapsed: true, items: decisions },
    ],
    outline: [2, 3],
    // Without a label, the accessible name of the button is its text, which includes the keyboard shortcut.
    search: { provider: 'local', options: { translations: { button: { buttonAriaLabel: '' } } } },
    editLink: { pattern: `${REPOSITORY}/edit/main/:path`, text: 'Edit this page on GitHub' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
});
