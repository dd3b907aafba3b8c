import { posix } from 'path';

const REPOSITORY = 'https://github.com/cdk-lazy-api/cdk-lazy-api';
const FILE_URL = new RegExp(`^(?:${REPOSITORY}/(?:blob|tree)|https://raw\\.githubusercontent\\.com/cdk-lazy-api/cdk-lazy-api)/main/`);

/** Maps pages of the repository to pages of the site. The first matching pattern decides. */
const PLACES: [RegExp, string][] = [
  [/^docs\/site\/index\.md$/, 'index.md'],
  [/^README\.md$/, 'get-started.md'],
  [/^API\.md$/, 'api.md'],
  [/^docs\/adr(\/README\.md)?$/, 'decisions/index.md'],
  [/^docs\/adr\/(?=.*\.md$)/, 'decisions/'],
  [/^docs\/(?=[^/]*\.md$)/, ''],
];

/** Returns the page of the site for a file of the repository. Undefined if the site does not contain the file. */
export function pageOf(file: string): string | undefined {
  const place = PLACES.find(([pattern]) => pattern.test(file));
  return place && file.replace(...place);
}

/**
 * Returns the file of the repository that a link refers to, by its path relative to the page or by its address on GitHub. Undefined for other sites.
 */
export function fileOf(page: string, link: string): string | undefined {
  if (FILE_URL.test(link)) return posix.normalize(link.replace(FILE_URL, ''));
  return /^[a-z]+:|^\/|^#/i.test(link) ? undefined : posix.join(posix.dirname(page), link);
}

/** Returns the target of a link on the site: a page of the site, or GitHub for other files of the repository. */
export function linkOnSite(page: string, link: string): string {
  const [target, anchor] = link.split('#', 2);
  const file = fileOf(page, target);
  if (target === '' || file === undefined) return link;
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const place = pageOf(file.replace(/\/$/, ''));
  return (place === undefined ? `${REPOSITORY}/${posix.extname(file) ? 'blob' : 'tree'}/main/${file}` : `/${place}`) + hash;
}

/** Returns the address of an image, relative to the page's file. Undefined if another server hosts the image, such as a badge. */
export function imageOnSite(page: string, source: string): string | undefined {
  const file = fileOf(page, source);
  if (file === undefined) return undefined;
  const relative = posix.relative(posix.dirname(page), file);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** Returns the anchor of a heading, as GitHub generates it. */
export function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
}
