import * as fs from 'fs';
import * as path from 'path';

export const ROOT = path.join(__dirname, '../..');

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The file that the block represents, if its first line is a comment such as `// src/routers/users.ts`. */
  readonly file?: string;
}

/** README.md and the guides, relative to the root. */
export function pages(): string[] {
  const guides = fs.existsSync(path.join(ROOT, 'docs')) ? fs.readdirSync(path.join(ROOT, 'docs')).filter((file) => file.endsWith('.md')) : [];
  return ['README.md', ...guides.map((file) => `docs/${file}`)];
}

/** The other pages: policies, decisions, and the READMEs of the examples and of the conformance vectors. */
export function otherPages(): string[] {
  const decisions = fs.readdirSync(path.join(ROOT, 'docs/adr')).map((file) => `docs/adr/${file}`);
  return ['CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'test/conformance/README.md', ...decisions, ...readmesIn('examples')];
}

function readmesIn(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : readmesIn(place);
    return entry.name === 'README.md' ? [place] : [];
  });
}

export function read(page: string): string {
  return fs.readFileSync(path.join(ROOT, page), 'utf8');
}

/** The code blocks of a page, in order. */
export function codeBlocks(page: string, text = read(page)): CodeBlock[] {
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
    .map(([, language, block]) => ({ language, text: block, file: /^(?:\/\/|#) (\S+\.\w+)$/m.exec(block.split('\n')[0])?.[1] }));
}

/** The text of one section of a page, with its subsections. */
export function section(page: string, title: string): string {
  const found = read(page).split(/^## /m).find((text) => text.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`${page} has no section "${title}"`);
  return found;
}

/** The code blocks of one section. */
export function sectionBlocks(page: string, title: string): CodeBlock[] {
  return codeBlocks(page, section(page, title));
}

/** The anchors of a page's headings, as GitHub generates them. */
export function anchors(page: string): Set<string> {
  const headings = [...read(page).replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
  const ids = [...read(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  return new Set([...headings.map(anchorOf), ...ids]);
}

export function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
}
