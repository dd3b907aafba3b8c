import { posix } from 'path';

const REPOSITORY = 'https://github.com/cdk-lazy-api/cdk-lazy-api';
const FILE_URL = new RegExp(`^(?:${REPOSITORY}/(?:blob|tree)|https://raw\\.githubusercontent\\.com/cdk-lazy-api/cdk-lazy-api)/main/`);

/** Where the site has the pages of the repository. The first pattern that matches decides. */
const PLACES: [RegExp, string][] = [
  [/^docs\/site\/index\.md$/, 'index.md'],
  [/^README\.md$/, 'get-started.md'],
  [/^API\.md$/, 'api.md'],
  [/^docs\/adr(\/README\.md)?$/, 'decisions/index.md'],
  [/^docs\/adr\/(?=.*\.md$)/, 'decisions/'],
  [/^docs\/(?=[^/]*\.md$)/, ''],
];

/** The page of the site that a file of the repository becomes. Undefined for a file that the site does not contain. */
export function pageOf(file: string): string | undefined {
  const place = PLACES.find(([pattern]) => pattern.test(file));
  return place && file.replace(...place);
}

/** The file of the repository that a link means: by its path relative to the page, or by its address on GitHub. Undefined for other sites. */
export function fileOf(page: string, link: string): string | undefined {
  if (FILE_URL.test(link)) return posix.normalize(link.replace(FILE_URL, ''));
  return /^[a-z]+:|^\/|^#/i.test(link) ? undefined : posix.join(posix.dirname(page), link);
}

/** Where a link of a page leads on the site: to a page of it, or to GitHub for the other files of the repository. */
export function linkOnSite(page: string, link: string): string {
  const [target, anchor] = link.split('#', 2);
  const file = fileOf(page, target);
  if (target === '' || file === undefined) return link;
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const place = pageOf(file.replace(/\/$/, ''));
  return (place === undefined ? `${REPOSITORY}/${posix.extname(file) ? 'blob' : 'tree'}/main/${file}` : `/${place}`) + hash;
}

/** The address of an image of a page, from the page's file. Undefined if another server has the image, such as a badge. */
export function imageOnSite(page: string, source: string): string | undefined {
  const file = fileOf(page, source);
  if (file === undefined) return undefined;
  const relative = posix.relative(posix.dirname(page), file);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
}
