/** Every link in README, in the guides, and in the other pages has an existing target. */
import * as fs from 'fs';
import * as path from 'path';
import { anchors, otherPages, pages, read, ROOT } from '../support/docs';

/** Construct Hub and npm show only README, so it links to files of the repository with absolute URLs. */
const REPOSITORY = 'https://github.com/cdk-lazy-api/cdk-lazy-api/';
const FILES = /^(?:blob|tree)\/main\//;
const RAW = 'https://raw.githubusercontent.com/cdk-lazy-api/cdk-lazy-api/main/';

const withoutCode = (text: string) => text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

function linksOf(page: string): string[] {
  const text = withoutCode(read(page));
  return [
    ...[...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target]) => target),
    ...[...text.matchAll(/(?:href|src|srcset)="([^"]+)"/g)].map(([, target]) => target),
  ];
}

/** The file of the repository that a link refers to, and the anchor in it. Undefined for other sites. */
function localTarget(page: string, link: string): { readonly file: string; readonly anchor?: string } | undefined {
  const [target, anchor] = link.split('#');
  if (target.startsWith(RAW)) return { file: target.slice(RAW.length), anchor };
  if (target.startsWith(REPOSITORY)) {
    const rest = target.slice(REPOSITORY.length);
    return FILES.test(rest) ? { file: rest.replace(FILES, ''), anchor } : undefined;
  }
  if (/^[a-z]+:/.test(target)) return undefined;
  return { file: target === '' ? page : path.posix.join(path.posix.dirname(page), target), anchor };
}

function problemOf(page: string, link: string): string | undefined {
  const target = localTarget(page, link);
  if (!target) return undefined;
  if (!fs.existsSync(path.join(ROOT, target.file))) return `${link}: there is no ${target.file}`;
  if (target.anchor === undefined || !target.file.endsWith('.md')) return undefined;
  return anchors(target.file).has(target.anchor) ? undefined : `${link}: ${target.file} has no heading for #${target.anchor}`;
}

test.each([...pages(), ...otherPages()])('every link in %s to a file of the repository or to a heading has an existing target', (page) => {
  expect(linksOf(page).map((link) => problemOf(page, link)).filter(Boolean)).toEqual([]);
});

test('the test detects a link without a target', () => {
  expect(problemOf('README.md', 'docs/none.md')).toContain('there is no docs/none.md');
  expect(problemOf('README.md', '#none')).toContain('has no heading');
  expect(problemOf('README.md', `${REPOSITORY}blob/main/docs/none.md`)).toContain('there is no docs/none.md');
});
