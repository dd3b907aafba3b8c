// The pages in the repository are written for GitHub. This file adapts them to the site.
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MarkdownRenderer } from 'vitepress';
import { imageOnSite, linkOnSite } from '../links';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

type State = Parameters<Parameters<MarkdownRenderer['core']['ruler']['push']>[1]>[0];
type Token = State['tokens'][number];

export function readAsGitHub(md: MarkdownRenderer) {
  md.core.ruler.after('inline', 'repository', ({ env, tokens }) => {
    const page = relative(ROOT, env.realPath ?? env.path).split(sep).join('/');
    removeBadges(page, tokens);
    env.frontmatter = { description: firstSentence(tokens), ...env.frontmatter };
    for (const token of [...tokens, ...tokens.flatMap(({ children }) => children ?? [])]) relocate(page, token);
    tokens.forEach((token, i) => { if (token.type === 'heading_open') nameHeading(token, tokens[i + 1]); });
  });
  const { text, fence } = md.renderer.rules;
  // Vue evaluates double braces.
  md.renderer.rules.text = (...args) => text!(...args).replaceAll('{{', '&#123;&#123;');
  md.renderer.rules.fence = (...args) => {
    const { info, content } = args[0][args[1]];
    return info === 'mermaid' ? `<Diagram source="${encodeURIComponent(content)}" />` : fence!(...args);
  };
}

/** Removes paragraphs and HTML blocks with images from other servers: the site sends no request to them. */
function removeBadges(page: string, tokens: Token[]) {
  const isBadge = (token: Token) => imagesIn(token).some((source) => imageOnSite(page, source) === undefined);
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (isBadge(tokens[i])) tokens.splice(i, 1);
    else if (tokens[i].children?.some(isBadge)) tokens.splice(i - 1, 3);
  }
}

const HTML_IMAGE = /(?<=\bsrc(?:set)?=")[^"]+/g;

function imagesIn({ type, attrs, content }: Token): string[] {
  if (type === 'image') return attrs!.filter(([name]) => name === 'src').map(([, source]) => source);
  return type.startsWith('html_') ? content.match(HTML_IMAGE) ?? [] : [];
}

/** Returns the text that search engines show below a page's title. */
function firstSentence(tokens: Token[]): string | undefined {
  const paragraph = tokens[tokens.findIndex(({ type, level }) => type === 'paragraph_open' && level === 0) + 1];
  const text = paragraph.children?.map(({ type, content }) => type === 'softbreak' ? ' ' : content).join('');
  // "Context." is too short for a sentence.
  return text && /^.{20,}?\.(?= |$)|^.*/.exec(text)?.[0];
}

function relocate(page: string, token: Token) {
  const href = token.type === 'link_open' && token.attrGet('href');
  if (href) token.attrSet('href', linkOnSite(page, href));
  const source = token.type === 'image' && token.attrGet('src');
  if (source) token.attrSet('src', imageOnSite(page, source)!);
  if (token.type.startsWith('html_')) token.content = token.content.replace(HTML_IMAGE, (image) => imageOnSite(page, image)!);
}

/** API.md names its headings with an `<a id="...">` inside them. Two elements with the same ID are an error, so the heading gets the ID. */
function nameHeading(heading: Token, { children }: Token) {
  const at = children?.findIndex(({ type, content }) => type === 'html_inline' && content.startsWith('<a name=')) ?? -1;
  if (at === -1) return;
  const [anchor] = children!.splice(at, 2);
  const id = /id="(cdk-lazy-api\.[^"]+)"/.exec(anchor.content)?.[1];
  if (id) heading.attrSet('id', id);
  // With the space, search finds `preload` instead of `preloadRequired`.
  for (const child of children!) if (child.content === '<sup>') child.content = ' <sup>';
}
